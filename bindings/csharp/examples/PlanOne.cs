// Plans one patient: where the three points stand on 2026-04-20, and the open tasks, due first on top.
using System;
using Pfh;

static class PlanOne
{
    // Told in February, assessed in the hospital (e1), which has not registered its code.
    const string Document = @"{""format"": ""pfh-pathway/1"", ""id"": ""demo-1"", ""edition"": ""hdir-2022"",
 ""diagnosis"": {""code"": ""C50.9"", ""date"": ""2026-01-31"", ""informed"": ""2026-02-02""},
 ""events"": [
  {""id"": ""e1"", ""type"": ""performed"", ""date"": ""2026-02-20"", ""point"": 1},
  {""id"": ""e2"", ""type"": ""message"", ""date"": ""2026-02-21"", ""point"": 1, ""to"": ""gp"", ""kind"": ""letter""},
  {""id"": ""e3"", ""type"": ""message"", ""date"": ""2026-02-21"", ""point"": 1, ""to"": ""municipality"",
   ""kind"": ""phone""}]}";

    static void Main()
    {
        using (Pathway pathway = Pathway.Parse(Document))
        using (Plan plan = pathway.Plan(new DateTime(2026, 4, 20)))
        {
            Console.WriteLine($"{plan.Pathway} is {plan.Status.Word()}");
            foreach (PlanPoint point in plan.Points)
                Console.WriteLine($"point {point.Point}: {point.State.Word()}, {point.Timing.Word()} the window " +
                    $"{Written(point.Opens)} to {Written(point.Closes)}");
            foreach (PlanTask task in plan.Tasks)
                Console.WriteLine($"{task.Level?.Word()} {task.Id}: {task.State.Word()}, " +
                    $"{task.Starts:yyyy-MM-dd} to {task.Due:yyyy-MM-dd}");
        }
    }

    static string Written(DateTime? date) => date?.ToString("yyyy-MM-dd") ?? "-";
}
