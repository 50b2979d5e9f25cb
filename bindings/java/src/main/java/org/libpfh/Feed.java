package org.libpfh;

/** A calendar that plans are added to one at a time: for so many that they are not all to be in memory. */
public final class Feed extends Held {
    /** Begins a new calendar with the default options. */
    public Feed() {
        this(null, null);
    }

    /**
     * Begins a calendar.
     *
     * @param previous what was written before, and is brought up to date; null: a new one
     * @param options what it shows, copied; null takes the defaults
     */
    public Feed(String previous, IcalOptions options) {
        super(begin(previous, options), Native::pfh_feed_free);
    }

    private static long begin(String previous, IcalOptions options) {
        byte[] text = Texts.documentOrNone(previous);
        try (Use use = reading(options)) {
            return Native.feed_new(text, use.address);
        }
    }

    /**
     * Adds what a plan has to tell. Nothing of the plan is kept.
     *
     * @param plan the plan
     * @return this feed
     */
    public Feed add(Plan plan) {
        try (Use feed = changing(); Use use = plan.reading()) {
            Native.feed_add(feed.address, use.address);
        }
        return this;
    }

    /**
     * How many entries there are, without cancelled ones.
     *
     * @return the number
     */
    public int count() {
        try (Use feed = reading()) {
            return Native.feed_count(feed.address);
        }
    }

    /**
     * Writes the calendar; more can be added afterwards.
     *
     * @return iCalendar
     */
    public String toIcal() {
        try (Use feed = reading()) {
            return Native.feed_to_ical(feed.address);
        }
    }
}
