// Plans.cs -- plans from C#, for compare.py: see plans.c.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Pfh;

static class Plans
{
    static readonly DateTime Today = new DateTime(2026, 4, 20);

    static long seen; // so that nothing is left out by the compiler

    static void Rows(List<Pathway> pathways)
    {
        foreach (Pathway pathway in pathways)
            using (Plan plan = pathway.Plan(Today))
                foreach (PlanTask task in plan.Tasks)
                    seen += task.Due.Day;
    }

    static void Documents(List<Pathway> pathways)
    {
        foreach (Pathway pathway in pathways)
            using (Plan plan = pathway.Plan(Today))
                seen += plan.ToJson().Length;
    }

    static void Many(List<Pathway> pathways)
    {
        foreach (string document in Libpfh.PlanManyJson(pathways, Today))
            seen += document.Length;
    }

    static void Run(string way, List<Pathway> pathways)
    {
        switch (way)
        {
            case "rows": Rows(pathways); break;
            case "json": Documents(pathways); break;
            case "many": Many(pathways); break;
            default: throw new ArgumentException("no such way: " + way);
        }
    }

    static void Main(string[] arguments)
    {
        List<Pathway> pathways;
        using (Stream caseload = File.OpenRead(arguments[0]))
            pathways = Libpfh.ReadCaseload(caseload).Select(line => line.Pathway).OfType<Pathway>().ToList();
        string way;
        while ((way = Console.ReadLine()) != null)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Run(way.Trim(), pathways);
            double took = watch.ElapsedTicks * 1e9 / Stopwatch.Frequency / pathways.Count;
            Console.WriteLine(took.ToString("F1", CultureInfo.InvariantCulture));
        }
    }
}
