// Memory.cs -- 200,000 objects are made, used and dropped in random order, some of them disposed of, and the peak of
// the process does not grow with their number.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Pfh;

public static class Memory
{
    private const int Early = 50000, All = 200000, Kept = 500;

    private static readonly Random random = new Random(4711);
    private static readonly object[] kept = new object[Kept];
    private static readonly Pathway pathway = Closing.Pathway("held");

    public static void Run()
    {
        Tap.Test("the peak of " + All + " objects is that of " + Early, Peak);
    }

    private static void Peak()
    {
        for (int i = 0; i < Early; i++)
            Turn(i);
        long early = PeakKilobytes();
        for (int i = Early; i < All; i++)
            Turn(i);
        long late = PeakKilobytes();
        Console.WriteLine("# the peak: {0} kB after {1} objects, {2} kB after {3}", early, Early, late, All);
        Tap.That(late < early + early / 4, "a peak of " + late + " kB after " + All + " objects, " + early + " kB after " + Early);
    }

    /// <summary>One object is made, another one used and dropped, with Dispose() or without.</summary>
    private static void Turn(int number)
    {
        int place = random.Next(Kept);
        object dropped = kept[place];
        if (dropped != null)
            Use(dropped);
        if (dropped is IDisposable && random.Next(3) == 0)
            ((IDisposable)dropped).Dispose();
        kept[place] = Make(random.Next(13), number);
        if (number % 2000 == 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers(); // or a busy machine decides how many wait to be freed
        }
    }

    private static object Make(int kind, int number)
    {
        switch (kind)
        {
            case 0: return Closing.Pathway("p" + number);
            case 1: return pathway.Plan(Closing.Day);
            case 2: return pathway.Needs(Closing.Day);
            case 3: return Closing.Offer("e" + number);
            case 4: return new Worklist();
            case 5: return new IcalOptions { ["name"] = "Første 😀 " + number };
            case 6: return new MergeOptions();
            case 7: return new Feed();
            case 8: return Closing.Pathway("p" + number).Events[0]; // nobody holds the pathway
            case 9: return pathway.Needs(Closing.Day).Plan;
            case 10: return pathway.Handover(Audience.Patient);
            case 11: return Policy.Parse("{\"format\":\"pfh-policy/1\",\"coding_days\":9}");
            default: return pathway.Plan(Closing.Day).Tasks;
        }
    }

    private static void Use(object used)
    {
        if (used is Pathway)
            Tap.That(((Pathway)used).ToJson().Length > 0, "a pathway");
        else if (used is Plan)
            Tap.Equal("held", ((Plan)used).Pathway, "a plan");
        else if (used is Needs)
            Tap.That(((Needs)used).Topics.Count > 0, "needs");
        else if (used is Record)
            Tap.That(((Record)used).Text("id").StartsWith("e"), "a record");
        else if (used is Worklist)
            UseWorklist((Worklist)used);
        else if (used is Feed)
            Tap.That(((Feed)used).ToIcal().Length > 0, "a feed");
        else if (used is Policy)
            Tap.Equal(9, ((Policy)used).Number("coding_days"), "a policy");
        else if (used is IEnumerable<PlanTask>)
            Tap.That(((IEnumerable<PlanTask>)used).All(task => task.Id.Length > 0), "tasks");
    }

    private static void UseWorklist(Worklist list)
    {
        using (Plan plan = pathway.Plan(Closing.Day))
            list.Add(plan);
        Tap.That(list.Count > 0, "a worklist");
    }

    private static long PeakKilobytes()
    {
        string line = File.ReadAllLines("/proc/self/status").First(one => one.StartsWith("VmHWM:"));
        return long.Parse(new string(line.Where(char.IsDigit).ToArray()));
    }
}
