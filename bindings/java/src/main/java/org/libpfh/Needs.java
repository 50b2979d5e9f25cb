package org.libpfh;

import java.util.List;

/** The needs assessment (<i>behovskartlegging</i>) of a pathway through time, as of a day. */
public final class Needs extends Held {
    Needs(long address) {
        super(address, Native::pfh_needs_free);
    }

    /**
     * The plan of the same day and terms.
     *
     * @return part of these needs
     */
    public Plan plan() {
        try (Use needs = reading()) {
            return new Plan(this, Native.needs_plan(needs.address));
        }
    }

    /**
     * The topics as they stand.
     *
     * @return those of the edition, the policy's own, and any other that was assessed
     */
    public List<TopicNeed> topics() {
        try (Use needs = reading()) {
            return Reader.list(Native.needs_topics(needs.address), TopicNeed::read);
        }
    }

    /**
     * The topic of a code.
     *
     * @param topic the code
     * @return the topic; null where there is none
     */
    public TopicNeed find(String topic) {
        try (Use needs = reading()) {
            return Reader.one(Native.needs_find(needs.address, topic), TopicNeed::read);
        }
    }

    /**
     * The assessments that were carried out.
     *
     * @return the first first
     */
    public List<Assessment> assessments() {
        try (Use needs = reading()) {
            return Reader.list(Native.needs_assessments(needs.address), Assessment::read);
        }
    }

    /**
     * Writes the needs as {@code pfh-needs/1}. It holds notes and private topics: as confidential as the pathway.
     *
     * @return one line without a line end; the same needs give the same one
     */
    public String toJson() {
        try (Use needs = reading()) {
            return Native.needs_to_json(needs.address);
        }
    }

    /**
     * Writes the needs for people to read, without what is private. What does not fit is left out from the end, by whole
     * topics, and the text says so.
     *
     * @param audience who is to read it
     * @param language its language
     * @param maxCharacters the longest that it may be; {@link Pfh#needsTextMin()} is always enough
     * @return lines that end in a line feed
     */
    public String toText(Audience audience, Language language, int maxCharacters) {
        try (Use needs = reading()) {
            return Native.needs_to_text(needs.address, audience.value(), language.value(), maxCharacters);
        }
    }
}
