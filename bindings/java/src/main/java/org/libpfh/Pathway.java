package org.libpfh;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * One patient's <i>Pakkeforløp hjem</i>: who, which diagnosis, and what has happened.
 *
 * <p>Events are only ever added; a mistake is put right by an event of type {@code corrected}.
 */
public final class Pathway extends Held {
    Pathway(long address) {
        super(address, Native::pfh_pathway_free);
    }

    /**
     * Makes a pathway without events.
     *
     * @param head a record of {@link Record#head()}, which is copied
     */
    public Pathway(Record head) {
        this(build(head));
    }

    private static long build(Record head) {
        try (Use use = head.reading()) {
            return Native.pathway_build(use.address);
        }
    }

    /**
     * Reads a {@code pfh-pathway/1} document.
     *
     * @param document the document
     * @return the pathway
     */
    public static Pathway parse(String document) {
        return parse(Texts.document(document, "document"));
    }

    /**
     * Reads a {@code pfh-pathway/1} document.
     *
     * @param document the document in UTF-8
     * @return the pathway
     */
    public static Pathway parse(byte[] document) {
        return new Pathway(Native.pathway_parse(Objects.requireNonNull(document, "document")));
    }

    /**
     * Adds an event. What it refers to must be there before it.
     *
     * @param event a record of {@link Record#event()}, which is copied
     * @return this pathway
     */
    public Pathway append(Record event) {
        try (Use pathway = changing(); Use use = event.reading()) {
            Native.pathway_append(pathway.address, use.address);
        }
        return this;
    }

    /**
     * Writes the pathway as {@code pfh-pathway/1}.
     *
     * @return the document; the same pathway gives the same one
     */
    public String toJson() {
        try (Use pathway = reading()) {
            return Native.pathway_to_json(pathway.address);
        }
    }

    /**
     * The id.
     *
     * @return the pathway's id
     */
    public String id() {
        try (Use pathway = reading()) {
            return Native.pathway_id(pathway.address);
        }
    }

    /**
     * The edition that the pathway names.
     *
     * @return the edition
     */
    public Edition edition() {
        try (Use pathway = reading()) {
            return Edition.find(Native.pathway_edition(pathway.address));
        }
    }

    /**
     * All but the events.
     *
     * @return part of this pathway, to be read only
     */
    public Record head() {
        try (Use pathway = reading()) {
            return Record.in(this, RecordKind.PATHWAY, Native.pathway_head(pathway.address));
        }
    }

    /**
     * The events that there are now, in the order in which they count.
     *
     * @return parts of this pathway, to be read only
     */
    public List<Record> events() {
        try (Use pathway = reading()) {
            int count = Native.pathway_event_count(pathway.address);
            List<Record> events = new ArrayList<>(count);
            for (int i = 0; i < count; i++)
                events.add(Record.in(this, RecordKind.EVENT, Native.pathway_event(pathway.address, i)));
            return Collections.unmodifiableList(events);
        }
    }

    /**
     * The event of an id.
     *
     * @param id the event's id
     * @return part of this pathway, to be read only; null where there is none
     */
    public Record find(String id) {
        try (Use pathway = reading()) {
            return Record.in(this, RecordKind.EVENT, Native.pathway_find(pathway.address, id));
        }
    }

    /**
     * Derives the plan of a day, with the default policy.
     *
     * @param asOf the day: what happened later does not count
     * @return the plan
     */
    public Plan plan(LocalDate asOf) {
        return plan(asOf, null);
    }

    /**
     * Derives the plan of a day.
     *
     * @param asOf the day: what happened later does not count
     * @param policy local rules; null takes the defaults
     * @return the plan
     */
    public Plan plan(LocalDate asOf, Policy policy) {
        return plan(asOf, policy, null, null);
    }

    /**
     * Derives a plan from what was known at a time, or under another edition.
     *
     * @param asOf the day: what happened later does not count
     * @param policy local rules; null takes the defaults
     * @param knownAt an RFC 3339 timestamp, as {@code Instant.toString()} writes one: what was recorded later does not
     *     count; null: all counts
     * @param edition the name of the edition to plan under; null: the one that the pathway names
     * @return the plan
     */
    public Plan plan(LocalDate asOf, Policy policy, String knownAt, String edition) {
        int day = Dates.days(asOf, "as_of");
        try (Use pathway = reading(); Use rules = reading(policy)) {
            return new Plan(Native.plan_derive(pathway.address, rules.address, day, knownAt, edition));
        }
    }

    /**
     * Derives the needs of a day, with the default policy.
     *
     * @param asOf the day: what happened later does not count
     * @return the needs
     */
    public Needs needs(LocalDate asOf) {
        return needs(asOf, null);
    }

    /**
     * Derives the needs of a day.
     *
     * @param asOf the day: what happened later does not count
     * @param policy local rules; null takes the defaults
     * @return the needs
     */
    public Needs needs(LocalDate asOf, Policy policy) {
        return needs(asOf, policy, null, null);
    }

    /**
     * Derives needs from what was known at a time, or under another edition.
     *
     * @param asOf the day: what happened later does not count
     * @param policy local rules; null takes the defaults
     * @param knownAt an RFC 3339 timestamp, as {@code Instant.toString()} writes one: what was recorded later does not
     *     count; null: all counts
     * @param edition the name of the edition to plan under; null: the one that the pathway names
     * @return the needs
     */
    public Needs needs(LocalDate asOf, Policy policy, String knownAt, String edition) {
        int day = Dates.days(asOf, "as_of");
        try (Use pathway = reading(); Use rules = reading(policy)) {
            return new Needs(Native.needs_derive(pathway.address, rules.address, day, knownAt, edition));
        }
    }

    /**
     * Makes a copy for somebody else, with no more than is needed.
     *
     * @param audience whom it is for
     * @return a new pathway
     */
    public Pathway handover(Audience audience) {
        return handover(audience, null, false);
    }

    /**
     * Makes a copy for somebody else, with no more than is needed.
     *
     * @param audience whom it is for
     * @param policy says whether the municipality takes messages; null takes the defaults
     * @param override hand over to the municipality although the policy says that there is no agreement
     * @return a new pathway
     */
    public Pathway handover(Audience audience, Policy policy, boolean override) {
        try (Use pathway = reading(); Use rules = reading(policy)) {
            return new Pathway(Native.pathway_handover(pathway.address, audience.value(), rules.address, override ? 1 : 0));
        }
    }

    /**
     * Merges another copy of this pathway with it.
     *
     * @param theirs the other copy
     * @return a new pathway
     */
    public Pathway merge(Pathway theirs) {
        return merge(theirs, null);
    }

    /**
     * Merges another copy of this pathway with it. With conflicts for which nothing was chosen nothing is merged.
     *
     * @param theirs the other copy
     * @param options what was chosen; null takes the defaults
     * @return a new pathway
     */
    public Pathway merge(Pathway theirs, MergeOptions options) {
        try (Use mine = reading(); Use other = theirs.reading(); Use chosen = reading(options)) {
            return new Pathway(Native.pathway_merge(mine.address, other.address, chosen.address));
        }
    }

    /**
     * Compares another copy of this pathway with it.
     *
     * @param theirs the other copy
     * @return what it has that this one has not, and where they contradict each other
     */
    public Diff diff(Pathway theirs) {
        return diff(theirs, null);
    }

    /**
     * Compares another copy of this pathway with it.
     *
     * @param theirs the other copy
     * @param options what was chosen; null takes the defaults
     * @return what it has that this one has not, and where they contradict each other
     */
    public Diff diff(Pathway theirs, MergeOptions options) {
        try (Use mine = reading(); Use other = theirs.reading(); Use chosen = reading(options)) {
            return Diff.of(Native.pathway_diff(mine.address, other.address, chosen.address));
        }
    }
}
