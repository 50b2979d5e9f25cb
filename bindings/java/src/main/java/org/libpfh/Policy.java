package org.libpfh;

import java.util.Objects;

/**
 * Local practice: days, thresholds, who does what. None of it is national policy. Wherever a policy is taken, null stands
 * for one with all the defaults.
 */
public final class Policy extends Held {
    private Policy(long address) {
        super(address, Native::pfh_policy_free);
    }

    /**
     * Makes a policy from a record, which is copied.
     *
     * @param record a record of {@link Record#policy()}
     */
    public Policy(Record record) {
        this(build(record));
    }

    private static long build(Record record) {
        try (Use use = record.reading()) {
            return Native.policy_build(use.address);
        }
    }

    /**
     * Reads a {@code pfh-policy/1} document.
     *
     * @param document the document
     * @return the policy
     */
    public static Policy parse(String document) {
        return parse(Texts.document(document, "document"));
    }

    /**
     * Reads a {@code pfh-policy/1} document.
     *
     * @param document the document in UTF-8
     * @return the policy
     */
    public static Policy parse(byte[] document) {
        return new Policy(Native.policy_parse(Objects.requireNonNull(document, "document")));
    }

    /**
     * Writes the policy as {@code pfh-policy/1}, without the keys that were left out.
     *
     * @return the document
     */
    public String toJson() {
        try (Use policy = reading()) {
            return Native.policy_to_json(policy.address);
        }
    }

    /**
     * The keys as they were given.
     *
     * @return part of this policy, to be read only
     */
    public Record record() {
        try (Use policy = reading()) {
            return Record.in(this, RecordKind.POLICY, Native.policy_record(policy.address));
        }
    }

    /**
     * A number, as given or by default.
     *
     * @param key "no_answer_days" and the like
     * @return the number
     */
    public int number(String key) {
        try (Use policy = reading()) {
            return Native.policy_number(policy.address, key);
        }
    }
}
