package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.libpfh.Audience;
import org.libpfh.Feed;
import org.libpfh.IcalOptions;
import org.libpfh.Language;
import org.libpfh.MergeOptions;
import org.libpfh.Needs;
import org.libpfh.Pathway;
import org.libpfh.PfhException;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Policy;
import org.libpfh.Proposal;
import org.libpfh.Record;
import org.libpfh.Side;
import org.libpfh.Status;
import org.libpfh.Worklist;

/** Objects that are closed, parts of them, and parts whose whole is forgotten. */
class Closing {
    private static final LocalDate TODAY = Sample.TODAY;
    private final Pathway pathway = Sample.pathway();
    private final Policy policy = Sample.policy();

    /** Every use of a closed object is refused as such, and closing it again does nothing. */
    private static DynamicTest closed(String name, AutoCloseable object, Executable... uses) {
        return DynamicTest.dynamicTest("closed: " + name, () -> {
            object.close();
            object.close();
            for (Executable use : uses)
                assertEquals("closed", assertThrows(IllegalStateException.class, use).getMessage());
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsClosedIsRefused() {
        Pathway gone = Pathway.parse(pathway.toJson());
        Plan plan = pathway.plan(TODAY);
        Needs needs = pathway.needs(TODAY);
        Record record = Record.event();
        Worklist worklist = new Worklist();
        MergeOptions merging = new MergeOptions();
        IcalOptions options = new IcalOptions();
        Feed feed = new Feed();
        Policy rules = Sample.policy();
        return Stream.of(
                closed("Pathway", gone, gone::id, gone::edition, gone::head, gone::events, gone::toJson, () -> gone.find("e1"),
                        () -> gone.plan(TODAY), () -> gone.needs(TODAY), () -> gone.handover(Audience.GP),
                        () -> gone.merge(pathway), () -> pathway.merge(gone), () -> gone.diff(pathway),
                        () -> gone.append(Record.event()), () -> Pfh.planMany(List.of(pathway, gone), TODAY).toList()),
                closed("Plan", plan, plan::pathway, plan::status, plan::points, plan::tasks, plan::findings, plan::toJson,
                        plan::toIcal, () -> plan.explain(1, Language.NB), () -> plan.toInvitation(1, null, null),
                        () -> new Worklist().add(plan), () -> new Feed().add(plan),
                        () -> Pfh.plansToIcal(List.of(plan), null)),
                closed("Needs", needs, needs::plan, needs::topics, needs::assessments, needs::toJson, () -> needs.find("x"),
                        () -> needs.toText(Audience.GP, Language.NB, 9999),
                        () -> Pfh.checklistJson("hdir-2022", 1, null, needs, Language.NB)),
                closed("Record", record, () -> record.text("id"), () -> record.number("point"), () -> record.date("date"),
                        () -> record.flag("private"), () -> record.count("x"), () -> record.set("id", "e1"),
                        () -> record.set("point", 1), () -> record.set("private", true), () -> record.set("date", TODAY),
                        () -> record.setJson("x_a", "1"), () -> pathway.append(record), () -> new Pathway(record)),
                closed("Worklist", worklist, worklist::rows, worklist::size, worklist::sort, worklist::iterator,
                        () -> worklist.filter("level", "municipality")),
                closed("MergeOptions", merging, () -> merging.edition(null), () -> merging.chooseAll(Side.MINE),
                        () -> pathway.merge(pathway, merging)),
                closed("IcalOptions", options, () -> options.set("form", "todo"), () -> options.policy(policy),
                        () -> pathway.plan(TODAY).toIcal(options), () -> new Feed(null, options)),
                closed("Feed", feed, feed::count, feed::toIcal, () -> feed.add(pathway.plan(TODAY))),
                closed("Policy", rules, rules::toJson, rules::record, () -> rules.number("no_answer_days"),
                        () -> pathway.plan(TODAY, rules), () -> new IcalOptions().policy(rules)));
    }

    @Test
    void partsOfWhatIsClosedAreClosedToo() {
        Pathway whole = Pathway.parse(pathway.toJson());
        Record head = whole.head();
        Record event = whole.events().get(0);
        Record ofPolicy = policy.record();
        Needs needs = pathway.needs(TODAY);
        Plan plan = needs.plan();
        whole.close();
        policy.close();
        needs.close();
        for (Executable use : List.<Executable>of(() -> head.text("id"), () -> event.text("id"), () -> event.count("x"),
                () -> ofPolicy.number("no_answer_days"), plan::tasks, plan::toJson, plan::asOf))
            assertEquals("closed", assertThrows(IllegalStateException.class, use).getMessage());
    }

    @Test
    void closingAPartDoesNothing() {
        Record head = pathway.head();
        head.close();
        assertEquals(pathway.id(), head.text("id"));
        Needs needs = pathway.needs(TODAY);
        needs.plan().close();
        assertEquals(pathway.id(), needs.plan().pathway());
    }

    @Test
    void partsKeepAliveWhatTheyAreOf() throws InterruptedException {
        String id = pathway.id();
        Record head = Pathway.parse(pathway.toJson()).head();
        Plan plan = Pathway.parse(pathway.toJson()).needs(TODAY).plan();
        for (int i = 0; i < 20; i++) {
            System.gc();
            Thread.sleep(5);
            assertEquals(id, head.text("id"));
            assertEquals(id, plan.pathway());
        }
    }

    @Test
    void recordsOfPathwaysAndPoliciesAreToBeReadOnly() {
        for (Record record : List.of(pathway.head(), pathway.events().get(0), policy.record())) {
            PfhException error = assertThrows(PfhException.class, () -> record.set("id", "other"));
            assertEquals(Status.ARGUMENT, error.status());
        }
        assertNotNull(pathway.id());
    }

    @Test
    void theEventOfAProposalCanBeCompleted() {
        Pathway mine = Pathway.parse("""
                {"format": "pfh-pathway/1", "id": "a1", "edition": "hdir-2022",
                 "diagnosis": {"code": "C50.9", "date": "2026-01-31", "informed": "2026-02-02"},
                 "events": [{"id": "e1", "type": "offered", "date": "2026-02-03", "point": 1},
                  {"id": "e2", "type": "accepted", "date": "2026-02-04", "point": 1},
                  {"id": "e3", "type": "scheduled", "date": "2026-02-04", "point": 1, "start": "2026-05-04T10:00",
                   "minutes": 60}]}""");
        Plan plan = mine.plan(TODAY);
        String calendar = Pfh.plansToIcal(List.of(plan), null).replace("20260504T10", "20260505T10").replace("20260504T11",
                "20260505T11");
        List<Proposal> proposals = Pfh.readIcal(calendar, List.of(plan), null);
        Record event = proposals.get(0).event();
        System.gc();
        event.set("id", "e4").set("recorded", "2026-04-20T12:00:00Z");
        assertEquals("2026-05-05T10:00", mine.append(event).find("e4").text("start"));
    }
}
