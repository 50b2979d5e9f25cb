package org.libpfh;

import java.time.LocalDate;
import java.util.List;

/** An edition of the national rules. It is never changed after its release; a correction is a new edition. */
public final class Edition {
    private final EditionRow row;

    private Edition(EditionRow row) {
        this.row = row;
    }

    /** Read once: editions do not change while a program runs. */
    private static volatile List<Edition> all;

    private static Edition read(Reader in) {
        return new Edition(EditionRow.read(in));
    }

    /**
     * All editions.
     *
     * @return the newest first
     */
    public static List<Edition> all() {
        if (all == null)
            all = Reader.list(Native.edition_all(), Edition::read);
        return all;
    }

    /**
     * The edition of a name.
     *
     * @param name "hdir-2022"
     * @return the edition; where there is none, {@link PfhException} with {@link Status#EDITION} is thrown
     */
    public static Edition find(String name) {
        for (Edition edition : all())
            if (edition.name().equals(name))
                return edition;
        return Reader.one(Native.edition_find(name), Edition::read);
    }

    /**
     * The name.
     *
     * @return what documents say: "hdir-2022"
     */
    public String name() {
        return row.name();
    }

    /**
     * The title of the source.
     *
     * @return in its own language
     */
    public String title() {
        return row.title();
    }

    /**
     * The source.
     *
     * @return who published it and when
     */
    public String source() {
        return row.source();
    }

    /**
     * The first day.
     *
     * @return diagnoses before it are not included
     */
    public LocalDate effective() {
        return row.effective();
    }

    /**
     * Whether it is a consultation draft.
     *
     * @return true for a draft
     */
    public boolean draft() {
        return row.draft();
    }

    /**
     * The edition whose points stand for this one's.
     *
     * @return its name
     */
    public String mapsEdition() {
        return row.mapsEdition();
    }

    /**
     * Where that mapping comes from.
     *
     * @return the source
     */
    public String mapsSource() {
        return row.mapsSource();
    }

    /**
     * The interaction points.
     *
     * @return the first first
     */
    public List<PointRule> points() {
        return Reader.list(Native.edition_points(name()), PointRule::read);
    }

    /**
     * The topics of the needs assessment.
     *
     * @return in the guideline's order
     */
    public List<Topic> topics() {
        return Reader.list(Native.edition_topics(name()), Topic::read);
    }

    /**
     * The activities at all points.
     *
     * @return point by point
     */
    public List<Activity> activities() {
        return Reader.list(Native.edition_activities(name()), Activity::read);
    }

    /**
     * The activities at a point.
     *
     * @param point the number of the point
     * @return none for a number that is no point
     */
    public List<Activity> activities(int point) {
        return activities().stream().filter(activity -> activity.point() == point).toList();
    }

    /**
     * Whether a topic belongs to the edition; local ones belong to every one.
     *
     * @param code the topic's code
     * @return whether it does
     */
    public boolean hasTopic(String code) {
        return Native.edition_has_topic(name(), code) != 0;
    }

    /**
     * The name.
     *
     * @return the same as {@link #name()}
     */
    @Override
    public String toString() {
        return name();
    }
}
