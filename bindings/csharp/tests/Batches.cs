// Batches.cs -- many pathways in one call: who disposes of what, what is thrown, and when.
using System;
using System.Collections.Generic;
using System.Linq;
using Pfh;

public static class Batches
{
    private static readonly DateTime Day = Closing.Day;

    public static void Run()
    {
        Tap.Test("many plans that nobody asks for are let go", LetGo);
        Tap.Test("as many as fill batches, and one less or more", Whole);
        Tap.Test("an error of many is thrown, or told of", Errors);
        Tap.Test("many that are gone through again have the same places, null or refused", Again);
        Tap.Test("a null among many is named by its place, after the plans before it", NullAmong);
        Tap.Test("what the caller's own loop throws comes after the plans before it", Thrown);
        Tap.Test("a pathway that was closed throws after the plans before it", Closed);
        Tap.Test("pathways are disposed of as their plans come, batch by batch", Disposed);
    }

    private static List<Pathway> Pathways(int count)
    {
        return Enumerable.Range(0, count).Select(i => Closing.Pathway("p" + i)).ToList();
    }

    private static void LetGo()
    {
        List<Pathway> pathways = Pathways(600);
        Tap.Equal("p0", Libpfh.PlanMany(pathways, Day).First().Pathway, "the first");
        Tap.Equal("p599", Libpfh.PlanMany(pathways, Day).Last().Pathway, "the last");
        Tap.Equal(0, Libpfh.PlanManyJson(new Pathway[0], Day).Count(), "none as text");
    }

    private static void Whole()
    {
        List<Pathway> pathways = Pathways(50);
        foreach (int count in new[] { 0, 1, 15, 16, 17, 31, 32, 33, 48, 50 })
            Tap.That(Libpfh.PlanMany(pathways.Take(count), Day).Select(plan => plan.Pathway)
                .SequenceEqual(Enumerable.Range(0, count).Select(i => "p" + i)), count + " in their order");
    }

    private static void Errors()
    {
        // A draft cannot be asked of one that is published.
        List<Pathway> pathways = Pathways(300);
        Tap.Equal(Status.Edition, Tap.Throws<PfhException>(() =>
            Libpfh.PlanMany(pathways, Day, edition: "hdir-2021-draft").ToList()).Status, "thrown");
        List<int> places = new List<int>();
        Tap.Equal(0, Libpfh.PlanManyJson(pathways, Day, edition: "hdir-2021-draft",
            onError: (place, error) => places.Add(place)).Count(), "left out");
        Tap.That(places.SequenceEqual(Enumerable.Range(0, 300)), "every place is told");
    }

    private static void Again()
    {
        List<int> places = new List<int>();
        IEnumerable<string> refused = Libpfh.PlanManyJson(Pathways(20), Day, edition: "hdir-2021-draft",
            onError: (place, error) => places.Add(place));
        IEnumerable<Plan> broken = Libpfh.PlanMany(Pathways(20).Concat(new Pathway[] { null }), Day);
        for (int i = 0; i < 3; i++)
        {
            places.Clear();
            Tap.Equal(0, refused.Count(), "left out");
            Tap.That(places.SequenceEqual(Enumerable.Range(0, 20)), "places: " + string.Join(" ", places));
            Tap.That(Tap.Throws<ArgumentException>(() => broken.Count()).Message.Contains("place 20 "), "the null");
        }
    }

    /// <summary>How many plans come before it is thrown, at a place in the middle of a batch, and at its ends.</summary>
    private static void NullAmong()
    {
        List<Pathway> pathways = Pathways(40);
        foreach (int place in new[] { 0, 1, 15, 16, 20, 39 })
        {
            List<Pathway> broken = pathways.ToList();
            broken[place] = null;
            int planned = 0;
            ArgumentException refused = Tap.Throws<ArgumentException>(() =>
            {
                foreach (Plan plan in Libpfh.PlanMany(broken, Day))
                    Tap.Equal("p" + planned++, plan.Pathway, "the plan");
            });
            Tap.Equal(place, planned, "the plans before it");
            Tap.Equal("pathways", refused.ParamName, "the argument");
            Tap.That(refused.Message.Contains("place " + place + " "), refused.Message);
        }
    }

    private static IEnumerable<Pathway> Broken(List<Pathway> pathways)
    {
        foreach (Pathway pathway in pathways)
            yield return pathway;
        throw new TimeoutException("the caller's own");
    }

    private static void Thrown()
    {
        foreach (int count in new[] { 0, 5, 16, 20 })
        {
            int planned = 0;
            Tap.Throws<TimeoutException>(() =>
            {
                foreach (string plan in Libpfh.PlanManyJson(Broken(Pathways(count)), Day))
                    planned++;
            });
            Tap.Equal(count, planned, "the plans before it");
        }
    }

    private static void Closed()
    {
        List<Pathway> pathways = Pathways(20);
        pathways[18].Dispose();
        int planned = 0;
        Tap.Throws<ObjectDisposedException>(() =>
        {
            foreach (Plan plan in Libpfh.PlanMany(pathways, Day))
                planned++;
        });
        Tap.Equal(18, planned, "the plans before it");
    }

    private static void Disposed()
    {
        List<Pathway> pathways = Pathways(40);
        int next = 0;
        foreach (Plan plan in Libpfh.PlanMany(pathways, Day))
        {
            pathways[next++].Dispose();
            Tap.That(plan.Tasks.Count > 0, "the plan stays");
            plan.Dispose();
        }
        Tap.Equal(40, next, "all");
    }
}
