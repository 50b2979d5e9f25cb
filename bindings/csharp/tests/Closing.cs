// Closing.cs -- what was closed, or lives in something that was, gives a value or an exception, never a crash; and
// what C# programmers count on: values that are equal, arguments that are checked.
using System;
using System.Collections.Generic;
using System.IO;
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
        Tap.Test("many plans that nobody asks for are let go", LetGo);
        Tap.Test("an error of many is thrown, or told of", ManyErrors);
        Tap.Test("null arguments are named", Nulls);
        Tap.Test("a date with a time of day is refused", TimeOfDay);
        Tap.Test("a value that no key takes is refused", NoValue);
        Tap.Test("values are equal when their fields are", Equality);
        Tap.Test("lists cannot be changed", Lists);
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

    private static void LetGo()
    {
        List<Pathway> pathways = Enumerable.Range(0, 600).Select(i => Pathway("p" + i)).ToList();
        Tap.Equal("p0", Libpfh.PlanMany(pathways, Day).First().Pathway, "the first");
        Tap.Equal(600, Libpfh.PlanMany(pathways, Day).Count(), "all");
        Tap.Equal("p599", Libpfh.PlanMany(pathways, Day).Last().Pathway, "the last");
        Tap.Equal(0, Libpfh.PlanMany(new Pathway[0], Day).Count(), "none");
        Tap.Equal(0, Libpfh.PlanManyJson(new Pathway[0], Day).Count(), "none as text");
        pathways.ForEach(pathway => pathway.Dispose());
    }

    private static void ManyErrors()
    {
        // A draft cannot be asked of one that is published.
        List<Pathway> pathways = Enumerable.Range(0, 300).Select(i => Pathway("p" + i)).ToList();
        Tap.Equal(Status.Edition, Tap.Throws<PfhException>(() => Libpfh.PlanMany(pathways, Day, edition: "hdir-2021-draft").ToList()).Status, "thrown");
        List<int> places = new List<int>();
        Tap.Equal(0, Libpfh.PlanManyJson(pathways, Day, edition: "hdir-2021-draft", onError: (place, error) => places.Add(place)).Count(), "left out");
        Tap.That(places.SequenceEqual(Enumerable.Range(0, 300)), "every place is told");
    }

    private static void Nulls()
    {
        using (Pathway pathway = Pathway())
        {
            Tap.Equal("event", Tap.Throws<ArgumentNullException>(() => pathway.Append(null)).ParamName, "append");
            Tap.Equal("theirs", Tap.Throws<ArgumentNullException>(() => pathway.Merge(null)).ParamName, "merge");
            Tap.Equal("pathways", Tap.Throws<ArgumentNullException>(() => Libpfh.PlanMany(null, Day)).ParamName, "many");
            Tap.Equal("pathways", Tap.Throws<ArgumentNullException>(() => Libpfh.PlanMany(new Pathway[] { null }, Day).ToList()).ParamName, "one of many");
            Tap.Equal("plans", Tap.Throws<ArgumentNullException>(() => Libpfh.PlansToIcal(null)).ParamName, "plans");
            Tap.Equal("head", Tap.Throws<ArgumentNullException>(() => new Pathway(null)).ParamName, "head");
            Tap.Equal("stream", Tap.Throws<ArgumentNullException>(() => Libpfh.ReadCaseload((Stream)null)).ParamName, "stream");
            Tap.Equal(Status.Argument, Tap.Throws<PfhException>(() => Pfh.Pathway.Parse((string)null)).Status, "a text");
            Tap.Equal(Status.Argument, Tap.Throws<PfhException>(() => Libpfh.TimestampToUtc(null)).Status, "a name");
            Tap.Equal(null, pathway.Find(null), "no id");
        }
    }

    private static void TimeOfDay()
    {
        using (Pathway pathway = Pathway())
        using (Record record = new Record(RecordKind.Event))
        {
            Tap.Equal("asOf", Tap.Throws<ArgumentException>(() => pathway.Plan(Day.AddSeconds(1))).ParamName, "the day");
            Tap.Throws<ArgumentException>(() => record["date"] = Day.AddHours(10));
            Tap.Throws<ArgumentException>(() => Libpfh.IsHoliday(Day.AddTicks(1)));
            record["date"] = DateTime.SpecifyKind(Day, DateTimeKind.Utc); // a day is a day
            Tap.Equal(DateTimeKind.Unspecified, record.Date("date").Value.Kind, "the kind");
            Tap.Equal((DateTime?)Day, record.Date("date"), "the day");
            Tap.Equal(Status.Date, Tap.Throws<PfhException>(() => record["date"] = DateTime.MinValue).Status, "the year 1");
        }
    }

    private static void NoValue()
    {
        using (Record record = new Record(RecordKind.Event))
        {
            Tap.Throws<ArgumentException>(() => record["point"] = 1.5);
            Tap.Throws<ArgumentException>(() => record["point"] = int.MinValue);
            Tap.Throws<ArgumentException>(() => record["date"] = DayOfWeek.Monday);
            record["point"] = 1; // an argument that is refused here is not the record's error
        }
    }

    private static void Equality()
    {
        using (Pathway pathway = Pathway())
        using (Plan one = pathway.Plan(Day), other = pathway.Plan(Day))
        {
            Tap.That(one.Tasks.Count > 0 && one.Points.SequenceEqual(other.Points) && one.Tasks.SequenceEqual(other.Tasks), "equal rows");
            Tap.That(one.Tasks.Zip(other.Tasks, (a, b) => a.GetHashCode() == b.GetHashCode()).All(same => same), "equal hashes");
            Tap.That(!one.Tasks[0].Equals(one.Tasks[1]) && !one.Tasks[0].Equals(null), "others are others");
            Tap.That(one.Tasks[0].ToString().StartsWith("PlanTask { Id = " + one.Tasks[0].Id + ", Kind = "), one.Tasks[0].ToString());
            Tap.Equal(Edition.Find("hdir-2022"), one.Edition, "the edition");
        }
    }

    private static void Lists()
    {
        using (Pathway pathway = Pathway())
        using (Plan plan = pathway.Plan(Day))
            foreach (object list in new object[] { plan.Tasks, plan.Points, plan.Tasks[0].Reasons, plan.Findings, Edition.All })
                Tap.That(!(list is Array) && ((System.Collections.IList)list).IsReadOnly, list.GetType().Name + " is read-only");
    }
}
