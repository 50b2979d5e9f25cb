package org.libpfh;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** What a calendar shows, and how. Wherever it is taken, null stands for one with all the defaults. */
public final class IcalOptions extends Held {
    /** Makes options with all the defaults. */
    public IcalOptions() {
        super(Native.ical_options_new(), Native::pfh_ical_options_free);
    }

    /**
     * Sets an option: which tasks ("level", "unit", "role", "kind", "state", "from", "to", "horizon_days"), "language",
     * "form" ("event", "todo", "both"), "span" ("due", "from_due"), "alarm", "name", "refresh", "stamp", "domain", "tell"
     * ("reference", "initials", "name"), "audience" ("staff", "patient"), "keep_days", "organizer", "attendee".
     *
     * @param key the option
     * @param value its value; null ({@code (String) null}) takes the default back, and with level, unit and role tasks
     *     without one
     * @return these options
     */
    public IcalOptions set(String key, String value) {
        try (Use options = changing()) {
            Native.ical_options_set(options.address, key, value);
        }
        return this;
    }

    /**
     * Sets an option to a word of a list: "level", "role", "kind", "state", "language".
     *
     * @param key the option
     * @param value the word; null as in {@link #set(String, String)}
     * @return these options
     */
    public IcalOptions set(String key, Word value) {
        return set(key, value == null ? null : value.word());
    }

    /**
     * Sets an option to a number: "horizon_days", "keep_days".
     *
     * @param key the option
     * @param value the number
     * @return these options
     */
    public IcalOptions set(String key, int value) {
        return set(key, Integer.toString(value));
    }

    /**
     * Sets an option to a date: "from", "to".
     *
     * @param key the option
     * @param value the date; null takes the default back
     * @return these options
     */
    public IcalOptions set(String key, LocalDate value) {
        return set(key, value == null ? null : value.toString());
    }

    /**
     * Sets an option to a time: "stamp", when the calendar is written.
     *
     * @param key the option
     * @param value the time; null takes the default back
     * @return these options
     */
    public IcalOptions set(String key, Instant value) {
        return set(key, value == null ? null : value.toString());
    }

    /**
     * Sets an option to a time: "stamp", when the calendar is written.
     *
     * @param key the option
     * @param value the time; null takes the default back
     * @return these options
     */
    public IcalOptions set(String key, OffsetDateTime value) {
        return set(key, value == null ? null : value.toInstant());
    }

    /**
     * Takes the contact details of the units of a policy, which are copied.
     *
     * @param policy the policy
     * @return these options
     */
    public IcalOptions policy(Policy policy) {
        try (Use options = changing(); Use use = policy.reading()) {
            Native.ical_options_policy(options.address, use.address);
        }
        return this;
    }
}
