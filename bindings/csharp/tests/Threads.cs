// Threads.cs -- threads that plan the same pathways, close what others use, and change what others use.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using Pfh;

public static class Threads
{
    private const int Count = 4;

    public static void Run()
    {
        string given = Environment.GetEnvironmentVariable("PFH_THREAD_SECONDS");
        double seconds = given == null ? 10 : double.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        Tap.Test(Count + " threads plan as one does, for " + seconds + " seconds", () => Plans(seconds));
        Tap.Test("an object is closed while others use it", () => Closes(seconds / 5));
        Tap.Test("a pathway is appended to while others use it: all is well, or InvalidOperationException", () => Appends(seconds / 5));
        Tap.Test("a worklist is added to by several: all is well, or InvalidOperationException", () => Adds(seconds / 5));
    }

    /// <summary>Runs the same on all threads until the time is over; the first exception is thrown here.</summary>
    private static void OnAll(double seconds, Action<int> turn)
    {
        Exception wrong = null;
        Stopwatch watch = Stopwatch.StartNew();
        List<Thread> threads = Enumerable.Range(0, Count).Select(number => new Thread(() =>
        {
            try
            {
                while (watch.Elapsed.TotalSeconds < seconds && wrong == null)
                    turn(number);
            }
            catch (Exception thrown)
            {
                wrong = thrown;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (wrong != null)
            throw new Exception("on a thread", wrong);
    }

    private static string[] Facts(Pathway pathway, int day)
    {
        using (Plan plan = pathway.Plan(Closing.Day.AddDays(day)))
        using (Needs needs = pathway.Needs(Closing.Day.AddDays(day)))
            return new[] { plan.ToJson(true), needs.ToJson(), plan.ToIcal(), string.Join(",", plan.Tasks),
                string.Join(",", pathway.Events.Select(one => one.Text("id"))), Refusal(day) };
    }

    /// <summary>An error is that of the thread that made the mistake.</summary>
    private static string Refusal(int day)
    {
        string id = "key" + day;
        using (Record record = new Record(RecordKind.Event))
            return Tap.Throws<PfhException>(() => record[id] = "a").Where;
    }

    private static void Plans(double seconds)
    {
        const int pathways = 8, days = 40;
        List<Pathway> all = Enumerable.Range(0, pathways).Select(i => Closing.Pathway("p" + i)).ToList();
        string[][] wanted = Enumerable.Range(0, pathways * days).Select(i => Facts(all[i / days], i % days)).ToArray();
        int next = 0;
        OnAll(seconds, number =>
        {
            int i = Math.Abs(Interlocked.Increment(ref next)) % wanted.Length;
            Tap.That(Facts(all[i / days], i % days).SequenceEqual(wanted[i]), "the same as on one thread: " + i);
        });
        Console.WriteLine("# {0} times", next);
    }

    private static void Closes(double seconds)
    {
        Pathway shared = Closing.Pathway();
        int closed = 0, used = 0;
        OnAll(seconds, number =>
        {
            if (number == 0)
            {
                Thread.SpinWait(500);
                Interlocked.Exchange(ref shared, Closing.Pathway()).Dispose();
                return;
            }
            try
            {
                Pathway mine = Volatile.Read(ref shared);
                for (int i = 0; i < 100; i++)
                    Tap.That(mine.ToJson().Length > 0 && mine.Events[0].Text("id") == "e1", "it is whole");
                used++;
            }
            catch (ObjectDisposedException)
            {
                closed++;
            }
        });
        Console.WriteLine("# closed in between {0} times, not {1} times", closed, used);
        Tap.That(closed > 0, "some were closed in between");
    }

    private static void Appends(double seconds)
    {
        Pathway shared = Closing.Pathway();
        int number = 0, appended = 0, busy = 0;
        OnAll(seconds, thread =>
        {
            try
            {
                if (thread == 0 && appended < 5000)
                {
                    using (Record offer = Closing.Offer("a" + number++))
                        shared.Append(offer);
                    appended++;
                }
                else
                {
                    int before = shared.Events.Count;
                    using (Plan plan = shared.Plan(Closing.Day))
                        Tap.That(plan.Tasks.Count > 0 && shared.Events.Count >= before, "it is whole");
                }
            }
            catch (InvalidOperationException refused)
            {
                Tap.That(refused.Message.Contains("in use by another thread"), refused.ToString());
                Interlocked.Increment(ref busy);
            }
        });
        Console.WriteLine("# appended {0} times, in use {1} times", appended, busy);
        Tap.Equal(appended + 1, shared.Events.Count, "the events that were appended");
        Tap.That(appended > 0 && busy > 0, "both happened");
    }

    private static void Adds(double seconds)
    {
        Pathway pathway = Closing.Pathway();
        Plan plan = pathway.Plan(Closing.Day);
        int added = 0, busy = 0;
        using (Worklist list = new Worklist())
        {
            OnAll(seconds, thread =>
            {
                try
                {
                    if (Volatile.Read(ref added) < 3000)
                    {
                        list.Add(plan);
                        Interlocked.Increment(ref added);
                    }
                    else
                    {
                        list.Sort();
                    }
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref busy);
                }
            });
            Console.WriteLine("# added {0} times, in use {1} times", added, busy);
            Tap.Equal(added * plan.Tasks.Count, list.Count, "the tasks that were added");
            Tap.That(busy > 0, "it was in use");
        }
    }
}
