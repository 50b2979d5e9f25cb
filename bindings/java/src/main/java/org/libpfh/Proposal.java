package org.libpfh;

import java.util.ArrayList;
import java.util.List;

/**
 * What somebody did in a calendar, as a proposed event. Nothing is applied by itself: who agrees gives the event an
 * {@code id} and the time at which it is {@code recorded}, and appends it.
 *
 * @param pathway the id of the pathway
 * @param task the id of the task in the plan
 * @param point at which point; null: at none
 * @param kind the kind of the task
 * @param event all but {@code id} and {@code recorded}; null where more must be known
 * @param needs what a person must say first, where there is no event; else null
 * @param uid the UID of the entry
 * @param line the line on which the entry begins, from 1
 */
public record Proposal(String pathway, String task, Integer point, TaskKind kind, Record event, String needs, String uid,
        int line) {
    /** What a calendar was read as: the events are part of it. */
    private static final class Proposals extends Held {
        Proposals(long address) {
            super(address, Native::pfh_proposals_free);
        }

        List<Proposal> rows() {
            try (Use use = reading()) {
                List<ProposalRow> rows = Reader.list(Native.proposals_rows(use.address), ProposalRow::read);
                List<Proposal> proposals = new ArrayList<>(rows.size());
                for (int i = 0; i < rows.size(); i++) {
                    long event = Native.proposals_event(use.address, i);
                    proposals.add(of(rows.get(i), Record.in(this, RecordKind.EVENT, event)));
                }
                return List.copyOf(proposals);
            }
        }
    }

    static List<Proposal> list(long proposals) {
        return new Proposals(proposals).rows();
    }

    private static Proposal of(ProposalRow row, Record event) {
        return new Proposal(row.pathway(), row.task(), row.point(), row.kind(), event, row.needs(), row.uid(), row.line());
    }
}
