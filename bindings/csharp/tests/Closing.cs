// Closing.cs -- what was closed, or lives in something that was, gives a value or an exception, never a crash.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Pfh;

public static class Closing
{
    public static readonly DateTime Day = new DateTime(2026, 4, 20);

    public static void Run()
    {
        Tap.Test("closing twice does nothing", Twice);
        Tap.Test("what is closed throws ObjectDisposedException", Closed);
        Tap.Test("what lives in what is closed throws ObjectDisposedException", ClosedParent);
        Tap.Test("what lives in what nobody holds keeps it", DroppedParent);
        Tap.Test("closing what lives in something leaves that open", ClosedChild);
        Tap.Test("a plan outlives its pathway and its policy", PlanOutlives);
        Tap.Test("records of a pathway and a policy are read-only", ReadOnly);
        Tap.Test("the event of a proposal is completed and appended", Proposed);
        Tap.Test("a pathway is appended to while its events are gone over", Enumerated);
        Tap.Test("a pathway's own event can be given back to it, and is refused by the library", Own);
    }

    public static Pathway Pathway(string id = "p1")
    {
        using (Record head = new Record(RecordKind.Pathway)
        {
            ["id"] = id, ["edition"] = "hdir-2022", ["diagnosis/code"] = "C50.9", ["diagnosis/date"] = new DateTime(2026, 1, 31),
        })
        {
            Pathway pathway = new Pathway(head);
            using (Record offer = Offer("e1"))
                pathway.Append(offer);
            return pathway;
        }
    }

    public static Record Offer(string id)
    {
        return new Record(RecordKind.Event) { ["id"] = id, ["type"] = EventType.Offered, ["date"] = new DateTime(2026, 2, 3), ["point"] = 1 };
    }

    private static void Twice()
    {
        Pathway pathway = Pathway();
        IDisposable[] all = { pathway, pathway.Plan(Day), pathway.Needs(Day), Policy.Parse("{\"format\":\"pfh-policy/1\"}"),
            new Record(RecordKind.Event), new Worklist(), new Feed(), new IcalOptions(), new MergeOptions(),
            Libpfh.ReadIcal("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", new Plan[0]) };
        foreach (IDisposable one in all)
        {
            one.Dispose();
            one.Dispose();
        }
    }

    private static void Closed()
    {
        Pathway pathway = Pathway();
        Plan plan = pathway.Plan(Day);
        int tasks = plan.Tasks.Count; // also when it has been read before
        Worklist list = new Worklist();
        plan.Dispose();
        list.Dispose();
        pathway.Dispose();
        Tap.That(tasks > 0, "there are tasks");
        foreach (Action use in new Action[] { () => pathway.ToJson(), () => pathway.Append(Offer("e2")), () => pathway.Plan(Day),
            () => pathway.Events.Count(), () => plan.ToJson(), () => plan.Tasks.ToList(), () => plan.Status.ToString(), () => list.Add(plan),
            () => list.Sort(), () => list.ToList(), () => Libpfh.PlansToIcal(new[] { plan }),
            () => Libpfh.PlanMany(new[] { pathway }, Day).ToList() })
            Tap.Throws<ObjectDisposedException>(use);
    }

    private static void ClosedParent()
    {
        Pathway pathway = Pathway();
        Record head = pathway.Head, first = pathway.Events[0], found = pathway.Find("e1");
        IReadOnlyList<Record> events = pathway.Events;
        Needs needs = pathway.Needs(Day);
        Plan plan = needs.Plan;
        Tap.Equal("e1", first.Text("id"), "the id");
        pathway.Dispose();
        needs.Dispose();
        foreach (Action use in new Action[] { () => head.Text("id"), () => first.Text("id"), () => found.Date("date"), () => first["note"] = "a",
            () => events[0].Text("id"), () => plan.ToJson(), () => plan.Tasks.ToList() })
            Tap.Throws<ObjectDisposedException>(use);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object[] Orphans()
    {
        Pathway pathway = Pathway();
        return new object[] { pathway.Head, pathway.Events[0], pathway.Needs(Day).Plan, pathway.Events };
    }

    private static void DroppedParent()
    {
        object[] orphans = Orphans();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Tap.Equal("p1", ((Record)orphans[0]).Text("id"), "the head");
        Tap.Equal("e1", ((Record)orphans[1]).Text("id"), "the event");
        Tap.Equal("p1", ((Plan)orphans[2]).Pathway, "the plan");
        Tap.Equal(1, ((IReadOnlyList<Record>)orphans[3]).Count, "the events");
    }

    private static void ClosedChild()
    {
        using (Pathway pathway = Pathway())
        using (Needs needs = pathway.Needs(Day))
        {
            pathway.Head.Dispose();
            pathway.Events[0].Dispose();
            needs.Plan.Dispose();
            Tap.Equal("p1", pathway.Head.Text("id"), "the id");
            Tap.Equal("p1", needs.Plan.Pathway, "the plan's");
        }
    }

    private static void PlanOutlives()
    {
        Plan plan;
        using (Pathway pathway = Pathway())
        using (Policy policy = Policy.Parse("{\"format\":\"pfh-policy/1\",\"assign\":[{\"point\":2,\"unit\":\"skien\"}]}"))
            plan = pathway.Plan(Day, policy);
        GC.Collect();
        Tap.Equal("skien", plan.Point(2).Unit, "the unit");
        Tap.Equal(null, plan.Point(4), "a point that is not there");
        plan.Dispose();
    }

    private static void ReadOnly()
    {
        using (Pathway pathway = Pathway())
        using (Policy policy = Policy.Parse("{\"format\":\"pfh-policy/1\"}"))
            foreach (Record record in new[] { pathway.Head, pathway.Events[0], policy.Record })
            {
                PfhException refused = Tap.Throws<PfhException>(() => record["id"] = "other");
                Tap.Equal(Status.Argument, refused.Status, "the status");
                Tap.Equal("record", refused.Where, "the place");
            }
    }

    private static void Proposed()
    {
        using (Pathway pathway = Pathway())
        {
            using (Record appointment = new Record(RecordKind.Event)
            {
                ["id"] = "s1", ["type"] = "scheduled", ["date"] = Day, ["point"] = 2, ["start"] = "2026-05-11T10:00",
            })
                pathway.Append(appointment);
            using (Plan plan = pathway.Plan(Day))
            {
                string calendar = Libpfh.PlansToIcal(new[] { plan }).Replace("20260511T100000", "20260512T100000");
                Proposals proposals = Libpfh.ReadIcal(calendar, new[] { plan });
                Record moved = proposals.Single().Event;
                moved["id"] = "s2";
                moved["recorded"] = "2026-04-20T08:00:00Z";
                pathway.Append(moved);
                proposals.Dispose();
                Tap.Throws<ObjectDisposedException>(() => moved.Text("id"));
            }
            Tap.Equal("2026-05-12T10:00", pathway.Find("s2").Text("start"), "the new time");
        }
    }

    private static void Enumerated()
    {
        using (Pathway pathway = Pathway())
        {
            int seen = 0;
            foreach (Record one in pathway.Events)
            {
                using (Record another = Offer("n" + seen++))
                    pathway.Append(another);
                Tap.That(one.Text("id") != null, "it has an id");
            }
            Tap.Equal(1, seen, "those that were there");
            Tap.Equal(2, pathway.Events.Count, "those that are there");
            Tap.Throws<ArgumentOutOfRangeException>(() => pathway.Events[2].Text("id"));
            Tap.Throws<ArgumentOutOfRangeException>(() => pathway.Events[-1].Text("id"));
        }
    }

    private static void Own()
    {
        using (Pathway pathway = Pathway())
            Tap.Equal(Status.Duplicate, Tap.Throws<PfhException>(() => pathway.Append(pathway.Events[0])).Status, "the status");
    }
}
