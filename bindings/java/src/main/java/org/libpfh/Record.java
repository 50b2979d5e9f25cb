package org.libpfh;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Objects;

/**
 * Facts about one thing: the head of a pathway (all but its events), an event or a policy.
 *
 * <p>Parts are named by the keys of the documents with {@code /} between: "diagnosis/date", "performer/role",
 * "assessment/topics/0/need". A list grows when its next index is set. Values are checked when they are set; what must be
 * there, and what goes together, when the record is used. Once a value was refused, the record refuses to be used.
 *
 * <p>Records of a {@link Pathway} or a {@link Policy} are part of it and can only be read; that of a {@link Proposal} can
 * be completed.
 *
 * <p>Because of {@code java.lang.Record} this class needs an import of its own, also beside {@code org.libpfh.*}.
 */
public final class Record extends Held {
    private final RecordKind kind;

    /**
     * Makes an empty record.
     *
     * @param kind what it is about
     */
    public Record(RecordKind kind) {
        this(kind, Native.record_new(kind.value()));
    }

    private Record(RecordKind kind, long address) {
        super(address, Native::pfh_record_free);
        this.kind = kind;
    }

    /** Part of another object; null where there is none. */
    static Record in(Held whole, RecordKind kind, long address) {
        return address == 0 ? null : new Record(whole, kind, address);
    }

    private Record(Held whole, RecordKind kind, long address) {
        super(whole, address);
        this.kind = kind;
    }

    /**
     * Reads a record from JSON: an object as it stands in a document. What must be there, and what goes together, is
     * asked for when the record is used.
     *
     * @param kind what it is about
     * @param json the object
     * @return a new record, which can be added to
     */
    public static Record parse(RecordKind kind, String json) {
        return parse(kind, Texts.document(json, "json"));
    }

    /**
     * Reads a record from JSON: an object as it stands in a document. What must be there, and what goes together, is
     * asked for when the record is used.
     *
     * @param kind what it is about
     * @param json the object in UTF-8
     * @return a new record, which can be added to
     */
    public static Record parse(RecordKind kind, byte[] json) {
        return new Record(kind, Native.record_parse(kind.value(), Objects.requireNonNull(json, "json")));
    }

    /**
     * Writes the record as it stands in a document.
     *
     * @return an object on one line
     */
    public String toJson() {
        try (Use record = reading()) {
            return Native.record_to_json(record.address);
        }
    }

    /**
     * Makes an empty head of a pathway.
     *
     * @return a new record
     */
    public static Record head() {
        return new Record(RecordKind.PATHWAY);
    }

    /**
     * Makes an empty event.
     *
     * @return a new record
     */
    public static Record event() {
        return new Record(RecordKind.EVENT);
    }

    /**
     * Makes an empty policy.
     *
     * @return a new record
     */
    public static Record policy() {
        return new Record(RecordKind.POLICY);
    }

    /**
     * Sets a text, a word, an id, a date, a timestamp, an appointment or a code, written as in a document.
     *
     * @param path what is set
     * @param value the text; null takes it away
     * @return this record
     */
    public Record set(String path, String value) {
        try (Use record = changing()) {
            Native.record_set_text(record.address, path, value);
        }
        return this;
    }

    /**
     * Sets a word of a list.
     *
     * @param path what is set
     * @param value the word; null takes it away
     * @return this record
     */
    public Record set(String path, Word value) {
        return set(path, value == null ? null : value.word());
    }

    /**
     * Sets a number.
     *
     * @param path what is set
     * @param value the number
     * @return this record
     */
    public Record set(String path, int value) {
        if (value == Dates.NONE)
            throw new PfhException(Status.VALUE, "value", Status.VALUE.text(), -1);
        try (Use record = changing()) {
            Native.record_set_number(record.address, path, value);
        }
        return this;
    }

    /**
     * Sets a number that may be missing, as a column of a database.
     *
     * @param path what is set
     * @param value the number; null takes it away
     * @return this record
     */
    public Record set(String path, Integer value) {
        return value == null ? remove(path) : set(path, value.intValue());
    }

    /**
     * Sets what is true or false.
     *
     * @param path what is set
     * @param value whether it is so
     * @return this record
     */
    public Record set(String path, boolean value) {
        try (Use record = changing()) {
            Native.record_set_flag(record.address, path, value ? 1 : 0);
        }
        return this;
    }

    /**
     * Sets what is true or false, or not known.
     *
     * @param path what is set
     * @param value whether it is so; null takes it away
     * @return this record
     */
    public Record set(String path, Boolean value) {
        return value == null ? remove(path) : set(path, value.booleanValue());
    }

    /**
     * Sets a date, or an appointment on a whole day.
     *
     * @param path what is set
     * @param value the date; null takes it away
     * @return this record
     */
    public Record set(String path, LocalDate value) {
        int days = value == null ? Dates.NONE : Dates.days(value, "value");
        try (Use record = changing()) {
            Native.record_set_date(record.address, path, days);
        }
        return this;
    }

    /**
     * Sets an appointment.
     *
     * @param path what is set
     * @param value when it begins, in Norway, on a whole minute; null takes it away
     * @return this record
     */
    public Record set(String path, LocalDateTime value) {
        return set(path, value == null ? null : Dates.appointment(value));
    }

    /**
     * Sets a timestamp, which is written in UTC.
     *
     * @param path what is set
     * @param value the time; null takes it away
     * @return this record
     */
    public Record set(String path, Instant value) {
        return set(path, value == null ? null : value.toString());
    }

    /**
     * Sets a timestamp, which is written in UTC.
     *
     * @param path what is set
     * @param value the time; null takes it away
     * @return this record
     */
    public Record set(String path, OffsetDateTime value) {
        return set(path, value == null ? null : value.toInstant());
    }

    /**
     * Sets a timestamp, which is written in UTC.
     *
     * @param path what is set
     * @param value the time; null takes it away
     * @return this record
     */
    public Record set(String path, ZonedDateTime value) {
        return set(path, value == null ? null : value.toInstant());
    }

    /**
     * Sets a value of your own: the path ends in a key that begins with {@code x_}.
     *
     * @param path what is set; in that key {@code ~1} stands for a {@code /} and {@code ~0} for a {@code ~}
     * @param json strict JSON; null takes it away
     * @return this record
     */
    public Record setJson(String path, String json) {
        try (Use record = changing()) {
            Native.record_set_json(record.address, path, json);
        }
        return this;
    }

    /**
     * Takes a value away, whatever it is.
     *
     * @param path what is taken away
     * @return this record
     */
    public Record remove(String path) {
        boolean own = path.startsWith("x_", path.lastIndexOf('/') + 1);
        return own ? setJson(path, null) : set(path, (String) null);
    }

    /**
     * Reads a text, word, id, timestamp, appointment or code; of a key of your own its value as JSON.
     *
     * @param path what is read
     * @return the text; null where it is absent or no text
     */
    public String text(String path) {
        try (Use record = reading()) {
            return Native.record_text(record.address, path);
        }
    }

    /**
     * Reads a number, or the value of a word.
     *
     * @param path what is read
     * @return the number; null where it is absent
     */
    public Integer number(String path) {
        try (Use record = reading()) {
            int number = Native.record_number(record.address, path);
            return number == Dates.NONE ? null : (Integer) number;
        }
    }

    /**
     * Reads what is true or false.
     *
     * @param path what is read
     * @return whether it is so; null where it is absent
     */
    public Boolean flag(String path) {
        try (Use record = reading()) {
            int flag = Native.record_flag(record.address, path);
            return flag == Dates.NONE ? null : (Boolean) (flag != 0);
        }
    }

    /**
     * Reads a date, also that of an appointment.
     *
     * @param path what is read
     * @return the date; null where it is absent
     */
    public LocalDate date(String path) {
        try (Use record = reading()) {
            return Dates.of(Native.record_date(record.address, path));
        }
    }

    /**
     * How many members a list has.
     *
     * @param path the list
     * @return 0 where it is absent or no list
     */
    public int count(String path) {
        try (Use record = reading()) {
            return Native.record_count(record.address, path);
        }
    }

    /**
     * What the record is about, and nothing of what it holds: that may be personal.
     *
     * @return "Record(event)"
     */
    @Override
    public String toString() {
        return "Record(" + kind.word() + ")";
    }
}
