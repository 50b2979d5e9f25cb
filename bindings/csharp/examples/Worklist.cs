// A municipality's worklist of the month: due date, state, task, pathway, unit.
//
//     mono Worklist.exe examples/data/caseload.ndjson examples/data/policy.json
using System;
using System.Collections.Generic;
using System.IO;
using Pfh;

static class WorklistOfMonth
{
    static readonly DateTime Today = new DateTime(2026, 4, 20);

    /// <summary>The pathways of a caseload; a line that is refused is told of, and does not stop the others.</summary>
    static IEnumerable<Pathway> Pathways(Stream caseload)
    {
        foreach (Line line in Libpfh.ReadCaseload(caseload))
        {
            if (line.Pathway != null)
                yield return line.Pathway;
            else if (!line.Continued)
                Console.Error.WriteLine($"line {line.Number}: {line.Error?.Message}");
        }
    }

    static void Main(string[] arguments)
    {
        using (Policy policy = Policy.Parse(File.ReadAllBytes(arguments[1])))
        using (Stream caseload = File.OpenRead(arguments[0]))
        using (Worklist worklist = new Worklist())
        {
            worklist.Filter("level", Level.Municipality);
            worklist.Filter("to", new DateTime(2026, 4, 30));
            foreach (Plan plan in Libpfh.PlanMany(Pathways(caseload), Today, policy))
                using (plan)
                    worklist.Add(plan);
            worklist.Sort();
            foreach (Work work in worklist)
                Console.WriteLine($"{work.Task.Due:yyyy-MM-dd} {work.Task.State.Word()}: " +
                    $"{work.Task.Id}, {work.Pathway}, {work.Task.Unit ?? "-"}");
        }
    }
}
