package org.libpfh;

import java.util.List;

/**
 * What one copy of a pathway has that another has not, and where they contradict each other.
 *
 * @param rows what stands beside the events, then the events in the order in which they count
 * @param conflictCount how many of them are conflicts for which nothing was chosen: 0 can be merged
 */
public record Diff(List<Difference> rows, int conflictCount) {
    /**
     * Makes a value; the list is copied.
     *
     * @param rows what differs
     * @param conflictCount how many conflicts are open
     */
    public Diff {
        rows = List.copyOf(rows);
    }

    /** Takes what C compared, and frees it. */
    static Diff of(long diff) {
        try {
            return new Diff(Reader.list(Native.diff_rows(diff), Difference::read), Native.diff_conflict_count(diff));
        } finally {
            Native.pfh_diff_free(diff);
        }
    }
}
