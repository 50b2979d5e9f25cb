package org.libpfh;

import java.util.Objects;

/** How two copies of a pathway are merged. Wherever it is taken, null stands for one with all the defaults. */
public final class MergeOptions extends Held {
    /** Makes options with all the defaults. */
    public MergeOptions() {
        super(Native.merge_options_new(), Native::pfh_merge_options_free);
    }

    /**
     * Asks for one edition: a copy of "hdir-2021-draft" is read as one of "hdir-2022".
     *
     * @param edition its name; null: both copies must name the same
     * @return these options
     */
    public MergeOptions edition(String edition) {
        try (Use options = changing()) {
            Native.merge_options_edition(options.address, edition);
        }
        return this;
    }

    /**
     * Resolves a conflict.
     *
     * @param conflict the name of a row of {@link Pathway#diff}, as "/diagnosis" or "event:e7"
     * @param side whose is taken; null takes the choice back
     * @return these options
     */
    public MergeOptions choose(String conflict, Side side) {
        return put(Objects.requireNonNull(conflict, "conflict"), side);
    }

    /**
     * Resolves all conflicts that nothing else was said of, but "/id": these may be two patients.
     *
     * @param side whose is taken; null takes the choice back
     * @return these options
     */
    public MergeOptions chooseAll(Side side) {
        return put(null, side);
    }

    private MergeOptions put(String conflict, Side side) {
        try (Use options = changing()) {
            Native.merge_options_choose(options.address, conflict, Words.value(side));
        }
        return this;
    }
}
