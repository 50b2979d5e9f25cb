// Rows.cs -- the values that come out: equal when their fields are, printed in one line, never changed.
using System;
using System.Collections.Generic;
using System.Linq;
using Pfh;

public static class Rows
{
    private static readonly DateTime Day = Closing.Day;

    public static void Run()
    {
        Tap.Test("values are equal when their fields are", Equality);
        Tap.Test("values are compared by operators", Operators);
        Tap.Test("values print in one line", Printed);
        Tap.Test("a proposal prints like the others", Proposed);
        Tap.Test("lists cannot be changed", Lists);
    }

    private static void Equality()
    {
        using (Pathway pathway = Closing.Pathway())
        using (Plan one = pathway.Plan(Day), other = pathway.Plan(Day))
        {
            Tap.That(one.Tasks.Count > 0 && one.Points.SequenceEqual(other.Points) && one.Tasks.SequenceEqual(other.Tasks), "equal rows");
            Tap.That(one.Tasks.Zip(other.Tasks, (a, b) => a.GetHashCode() == b.GetHashCode()).All(same => same), "equal hashes");
            Tap.That(!one.Tasks[0].Equals(one.Tasks[1]) && !one.Tasks[0].Equals(null), "others are others");
            Tap.Equal(Edition.Find("hdir-2022"), one.Edition, "the edition");
        }
    }

    private static void Operators()
    {
        using (Pathway pathway = Closing.Pathway())
        using (Plan one = pathway.Plan(Day), other = pathway.Plan(Day))
        {
            PlanTask task = one.Tasks[0], same = other.Tasks[0], none = null;
            Tap.That(task == same && !(task != same), "equal ones");
            Tap.That(task != one.Tasks[1] && !(task == one.Tasks[1]), "others");
            Tap.That(task != none && none != task && none == null && !(none != null), "none");
        }
        foreach (Type type in typeof(PlanTask).Assembly.GetExportedTypes())
            if (type.GetInterfaces().Any(face => face.Name.StartsWith("IEquatable")) && type.IsClass)
                Tap.That(type.GetMethod("op_Equality") != null && type.GetMethod("op_Inequality") != null, type.Name + " has both");
    }

    private static void Printed()
    {
        using (Pathway pathway = Closing.Pathway())
        using (Plan plan = pathway.Plan(Day))
        {
            PlanTask task = plan.Tasks[0];
            Tap.That(task.ToString().StartsWith("PlanTask { Id = " + task.Id + ", Kind = " + task.Kind + ", "), task.ToString());
            Tap.That(task.ToString().EndsWith(", Reasons.Count = " + task.Reasons.Count + " }"), task.ToString());
        }
        foreach (PointRule rule in Edition.Find("hdir-2022").Points.Concat(Edition.Find("hdir-2021-draft").Points))
            Tap.That(rule.ToString().EndsWith(", MapsTo = [" + string.Join(", ", rule.MapsTo) + "] }"), rule.ToString());
        Activity activity = Edition.Find("hdir-2022").Activities().First(one => one.Tasks.Count > 0);
        Tap.That(activity.ToString().EndsWith(", Tasks = [" + string.Join(", ", activity.Tasks) + "] }"), activity.ToString());
    }

    private static void Proposed()
    {
        using (Pathway pathway = Closing.Pathway())
        {
            using (Record appointment = new Record(RecordKind.Event)
            {
                ["id"] = "s1", ["type"] = EventType.Scheduled, ["date"] = Day, ["point"] = 2, ["start"] = new DateTime(2026, 5, 11, 10, 0, 0),
            })
                pathway.Append(appointment);
            using (Plan plan = pathway.Plan(Day))
            using (Proposals proposals = Libpfh.ReadIcal(plan.ToIcal().Replace("20260511T100000", "20260512T100000"), new[] { plan }))
            {
                Proposal proposal = proposals.Single();
                Tap.That(proposal.ToString().StartsWith("Proposal { Pathway = p1, Task = 2.hold, Point = 2, Kind = Hold, Uid = "), proposal.ToString());
            }
        }
    }

    private static void Lists()
    {
        using (Pathway pathway = Closing.Pathway())
        using (Plan plan = pathway.Plan(Day))
            foreach (object list in new object[] { plan.Tasks, plan.Points, plan.Tasks[0].Reasons, plan.Findings, Edition.All })
                Tap.That(!(list is Array) && ((System.Collections.IList)list).IsReadOnly, list.GetType().Name + " is read-only");
    }
}
