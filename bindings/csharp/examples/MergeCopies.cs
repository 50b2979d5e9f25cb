// Two copies of a pathway: the hospital hands over, both go on, and the copies are merged.
// The second time both have recorded one event differently; a person decides.
using System;
using System.Linq;
using Pfh;

static class MergeCopies
{
    /// <summary>What the hospital has recorded by the end of February; one topic is private.</summary>
    static Pathway HospitalCopy()
    {
        DateTime day = new DateTime(2026, 2, 20);
        Pathway pathway = new Pathway(new Record(RecordKind.Pathway)
        {
            ["id"] = "two-copies", ["edition"] = "hdir-2022", ["patient/municipality"] = "4003",
            ["diagnosis/code"] = "C50.9", ["diagnosis/date"] = new DateTime(2026, 1, 31),
        });
        pathway.Append(new Record(RecordKind.Event)
        {
            ["id"] = "h1", ["type"] = EventType.Performed, ["date"] = day, ["point"] = 1,
            ["assessment/topics/0/topic"] = "economy_housing", ["assessment/topics/0/need"] = Need.FollowUp,
            ["assessment/topics/0/note"] = "Lurer på sykepenger.",
            ["assessment/topics/1/topic"] = "sexual_health", ["assessment/topics/1/need"] = Need.FollowUp,
            ["assessment/topics/1/private"] = true,
        });
        pathway.Append(new Record(RecordKind.Event)
        {
            ["id"] = "h2", ["type"] = EventType.Coded, ["date"] = day, ["point"] = 1, ["code"] = "WMFG10",
        });
        return pathway;
    }

    static Record Offer(DateTime day) =>
        new Record(RecordKind.Event) { ["id"] = "m1", ["type"] = EventType.Offered, ["date"] = day, ["point"] = 2 };

    static void Show(string heading, Pathway pathway)
    {
        var events = pathway.Events.Select(one => one.Text("id") + "=" + one.Text("type"));
        Console.WriteLine(heading + ": " + string.Join(" ", events));
    }

    static void Main()
    {
        using (Pathway hospital = HospitalCopy())
        using (Pathway municipality = hospital.Handover(Audience.Municipality))
        {
            Show("handed over", municipality);

            municipality.Append(Offer(new DateTime(2026, 4, 20)));
            foreach (Difference difference in hospital.Diff(municipality))
                Console.WriteLine($"{difference.Kind.Word()}: {difference.Name}");
            using (Pathway merged = hospital.Merge(municipality))
                Show("merged", merged);

            hospital.Append(Offer(new DateTime(2026, 4, 21)));
            Settle(hospital, municipality);
        }
    }

    static void Settle(Pathway hospital, Pathway municipality)
    {
        try
        {
            hospital.Merge(municipality);
        }
        catch (PfhException refused) when (refused.Status == Status.Conflict)
        {
            Console.WriteLine($"refused at {refused.Where}");
        }
        foreach (Difference difference in hospital.Diff(municipality).Where(one => one.Conflict != null))
            Console.WriteLine($"{difference.Name}: {difference.Key} differs, {difference.Mine} and {difference.Theirs}");
        using (MergeOptions options = new MergeOptions())
        {
            options.Choose("event:m1", Side.Theirs);
            using (Pathway merged = hospital.Merge(municipality, options))
                Console.WriteLine($"by choice: {merged.Find("m1")?.Date("date"):yyyy-MM-dd}");
        }
    }
}
