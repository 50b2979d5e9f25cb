// A unit's calendar: writes it, brings it up to date a week later, and tells what people see in it.
//
//     mono Reminders.exe examples/data/caseload.ndjson examples/data/policy.json skien-kreftkoordinator
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Pfh;

static class Reminders
{
    /// <summary>What the unit's people subscribe to: written once a night, from all pathways, two weeks ahead.</summary>
    static string Calendar(string previous, List<Pathway> pathways, Policy policy, string unit, DateTime today)
    {
        using (IcalOptions options = new IcalOptions { ["unit"] = unit, ["domain"] = "epj.example", ["horizon_days"] = 14 })
        {
            options.Policy(policy);
            return Libpfh.UpdateIcal(previous, Libpfh.PlanMany(pathways, today, policy), options);
        }
    }

    /// <summary>The entries, a line each: the day, and what stands there.</summary>
    static void Show(DateTime today, string calendar)
    {
        string[] entries = Split(calendar.Replace("\r\n ", ""), "BEGIN:VEVENT\r\n").Skip(1).ToArray();
        Console.WriteLine($"{today:yyyy-MM-dd}: {entries.Length} entries");
        foreach (string entry in entries)
            Console.WriteLine($"  {ValueOf(entry, "DTSTART")} {ValueOf(entry, "SUMMARY")}, " +
                $"{ValueOf(entry, "STATUS")} {ValueOf(entry, "SEQUENCE")}");
    }

    static string ValueOf(string entry, string property)
    {
        string line = Split(entry, "\r\n").First(one => one.StartsWith(property, StringComparison.Ordinal));
        return line.Substring(line.IndexOf(':') + 1);
    }

    static string[] Split(string text, string by) => text.Split(new[] { by }, StringSplitOptions.None);

    static void Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        using (Policy policy = Policy.Parse(File.ReadAllBytes(arguments[1])))
        using (Stream caseload = File.OpenRead(arguments[0]))
        {
            List<Pathway> pathways = Libpfh.ReadCaseload(caseload).Select(line => line.Pathway).OfType<Pathway>().ToList();
            string calendar = "";
            foreach (DateTime today in new[] { new DateTime(2026, 4, 20), new DateTime(2026, 4, 27) })
            {
                calendar = Calendar(calendar, pathways, policy, arguments[2], today);
                Show(today, calendar);
            }
        }
    }
}
