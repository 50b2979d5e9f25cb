package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.libpfh.EventType;
import org.libpfh.IcalOptions;
import org.libpfh.Language;
import org.libpfh.MergeOptions;
import org.libpfh.Pathway;
import org.libpfh.PfhException;
import org.libpfh.Plan;
import org.libpfh.Record;
import org.libpfh.RecordKind;
import org.libpfh.Side;
import org.libpfh.Status;
import org.libpfh.TaskKind;
import org.libpfh.TaskState;
import org.libpfh.Work;
import org.libpfh.Worklist;

/** What records, worklists and options take: JSON, and the types of Java. */
class Setting {
    private static final String EVENT = "{\"id\": \"e1\", \"type\": \"offered\", \"date\": \"2026-02-03\", \"point\": 1, "
            + "\"note\": \"Første 😀\"}";

    private static void refused(Status status, Executable call) {
        assertEquals(status, assertThrows(PfhException.class, call).status());
    }

    // ---- Records ------------------------------------------------------------------------------

    @Test
    void aNumberOrFlagThatMayBeMissingIsSetOrTakenAway() {
        Record event = Record.event();
        Integer point = 2;
        Boolean secret = true;
        assertEquals(2, event.set("point", point).number("point"));
        assertEquals(true, event.set("private", secret).flag("private"));
        assertNull(event.set("point", (Integer) null).number("point"));
        assertNull(event.set("private", (Boolean) null).flag("private"));
        assertEquals("{}", event.toJson());
    }

    @Test
    void aRecordIsReadFromJsonAndWrittenAsJson() {
        for (Record event : List.of(Record.parse(RecordKind.EVENT, EVENT),
                Record.parse(RecordKind.EVENT, EVENT.getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(LocalDate.of(2026, 2, 3), event.date("date"));
            assertEquals("Første 😀", event.text("note"));
            assertEquals(Documents.read(EVENT), Documents.read(event.toJson()));
            assertFalse(event.toJson().contains("\n"));
            assertEquals("changed", event.set("note", "changed").text("note"));
        }
        Pathway pathway = Sample.pathway();
        String first = pathway.events().get(0).toJson();
        assertEquals(Documents.read(pathway.toJson()).getAsJsonObject().get("events").getAsJsonArray().get(0),
                Documents.read(first));
    }

    @Test
    void jsonThatIsNoRecordIsRefused() {
        refused(Status.SYNTAX, () -> Record.parse(RecordKind.EVENT, "{"));
        refused(Status.KEY, () -> Record.parse(RecordKind.EVENT, "{\"nothing\": 1}"));
        refused(Status.KEY, () -> Record.parse(RecordKind.POLICY, EVENT));
        refused(Status.ARGUMENT, () -> Record.parse(RecordKind.EVENT, "\ud800"));
    }

    @Test
    void aRecordPrintsItsKindAndNothingPersonal() {
        assertEquals("Record(event)", Record.parse(RecordKind.EVENT, EVENT).toString());
        assertEquals("Record(event)", Sample.pathway().events().get(0).toString());
        assertEquals("Record(pathway)", Sample.pathway().head().toString());
        assertEquals("Record(policy)", Sample.policy().record().toString());
    }

    @Test
    void appointmentsAreOnWholeMinutes() {
        LocalDateTime start = LocalDateTime.of(2026, 5, 4, 10, 0);
        assertEquals("2026-05-04T10:00", Record.event().set("start", start).text("start"));
        assertNull(Record.event().set("start", start).set("start", (LocalDateTime) null).text("start"));
        refused(Status.VALUE, () -> Record.event().set("start", start.plusSeconds(1)));
        refused(Status.VALUE, () -> Record.event().set("start", start.plusNanos(1)));
    }

    @Test
    void timesAreTimestampsInUtc() {
        OffsetDateTime time = OffsetDateTime.parse("2026-02-03T11:12:00.5+01:00");
        for (Record event : List.of(Record.event().set("recorded", time), Record.event().set("recorded", time.toInstant()),
                Record.event().set("recorded", time.toZonedDateTime())))
            assertEquals(Instant.parse("2026-02-03T10:12:00.5Z"), Instant.parse(event.text("recorded")));
        assertNull(Record.event().set("recorded", time).set("recorded", (Instant) null).text("recorded"));
        assertNull(Record.event().set("recorded", time).set("recorded", (OffsetDateTime) null).text("recorded"));
        assertNull(Record.event().set("recorded", time).set("recorded", (ZonedDateTime) null).text("recorded"));
        refused(Status.DATE, () -> Record.event().set("recorded", Instant.MAX));
    }

    // ---- Worklists and options ----------------------------------------------------------------

    @Test
    void aFilterTakesWordsAndDates() {
        Plan plan = Sample.pathway().plan(Sample.TODAY);
        List<Work> all = new Worklist().add(plan).rows();
        TaskKind kind = all.get(0).task().kind();
        assertEquals(all.stream().filter(work -> work.task().kind() == kind).toList(),
                new Worklist().filter("kind", kind).add(plan).rows());
        LocalDate last = all.get(0).task().due();
        assertEquals(all.stream().filter(work -> !work.task().due().isAfter(last)).toList(),
                new Worklist().filter("to", last).add(plan).rows());
        assertEquals(0, new Worklist().filter("from", LocalDate.of(2299, 12, 31)).add(plan).size());
        refused(Status.KEY, () -> new Worklist().filter("colour", kind));
        assertThrows(NullPointerException.class, () -> new Worklist().filter("from", (LocalDate) null));
    }

    @Test
    void optionsTakeWordsNumbersDatesAndTimes() {
        Plan plan = Sample.pathway().plan(Sample.TODAY);
        OffsetDateTime time = OffsetDateTime.parse("2026-04-20T14:00:00+02:00");
        IcalOptions typed = new IcalOptions().set("language", Language.EN).set("state", TaskState.LATE).set("keep_days", 7)
                .set("to", LocalDate.of(2027, 1, 1)).set("horizon_days", 400).set("stamp", time);
        IcalOptions texts = new IcalOptions().set("language", "en").set("state", "late").set("keep_days", "7")
                .set("to", "2027-01-01").set("horizon_days", "400").set("stamp", "2026-04-20T12:00:00Z");
        assertEquals(plan.toIcal(texts), plan.toIcal(typed));
        assertTrue(plan.toIcal(new IcalOptions().set("stamp", time.toInstant())).contains("20260420T120000Z"));
        assertEquals(plan.toIcal(), plan.toIcal(new IcalOptions().set("stamp", time).set("stamp", (Instant) null)));
        refused(Status.VALUE, () -> new IcalOptions().set("keep_days", -1));
    }

    // ---- Words of a newer library -------------------------------------------------------------

    @Test
    void aWordThatOnlyANewerLibraryKnowsSpoilsNothing() throws ReflectiveOperationException {
        Method at = TaskKind.class.getDeclaredMethod("at", int.class);
        at.setAccessible(true);
        int known = TaskKind.values().length - 1;
        assertEquals(TaskKind.OFFER, at.invoke(null, TaskKind.OFFER.value()));
        assertEquals(TaskKind.values()[known - 1], at.invoke(null, known));
        assertEquals(TaskKind.NEWER, at.invoke(null, known + 1));
        assertEquals(TaskKind.NEWER, at.invoke(null, 0));
        assertEquals(-1, TaskKind.NEWER.value());
        assertEquals("", TaskKind.NEWER.word());
        assertNull(TaskKind.NEWER.text(Language.EN));
        assertNull(TaskKind.of(""));
    }

    @Test
    void thatWordCannotBeSet() {
        refused(Status.VALUE, () -> Record.event().set("type", EventType.NEWER));
        refused(Status.VALUE, () -> new Worklist().filter("kind", TaskKind.NEWER));
        refused(Status.ARGUMENT, () -> new MergeOptions().choose("/diagnosis", Side.NEWER));
        refused(Status.ARGUMENT, () -> Sample.pathway().plan(Sample.TODAY).explain(1, Language.NEWER));
    }
}
