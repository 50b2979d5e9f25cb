package org.libpfh;

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
     * @param value its value; null takes the default back, and with level, unit and role tasks without one
     * @return these options
     */
    public IcalOptions set(String key, String value) {
        try (Use options = changing()) {
            Native.ical_options_set(options.address, key, value);
        }
        return this;
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
