// Calendar.cs -- the calls of the story that are about calendars.
using System;
using System.Collections.Generic;
using System.Linq;
using Pfh;

public static class Calendar
{
    public static Json Call(string call, Json with)
    {
        using (Policy policy = Asked.Policy(with["policy"]))
        using (IcalOptions options = new IcalOptions())
        {
            foreach (string key in with["options"].Keys)
                options[key] = Asked.Text(with["options"][key]);
            if (policy != null)
                options.Policy(policy);
            switch (call)
            {
                case "ical": return Lines(Libpfh.PlansToIcal(Plans(with, policy, with["as_of"]), options), "UID:", "SUMMARY:");
                case "ical_single": return Lines(Plan(with, policy, with["as_of"]).ToIcal(options), "UID:", "SUMMARY:");
                case "ical_update": return Updated(with, policy, options);
                case "feed": return Fed(with, policy, options);
                case "invitation": return Invited(with, policy, options);
                case "ical_read": return ReadBack(with, policy, options);
            }
            throw new ArgumentException("no call " + call);
        }
    }

    private static List<Plan> Plans(Json with, Policy policy, Json asOf)
    {
        return with["pathways"].Items.Select(given => Planned(given, policy, asOf)).ToList();
    }

    private static Plan Plan(Json with, Policy policy, Json asOf)
    {
        return Planned(with["pathway"], policy, asOf);
    }

    private static Plan Planned(Json given, Policy policy, Json asOf)
    {
        using (Pathway pathway = Asked.Pathway(given))
            return pathway.Plan(Asked.Date(asOf), policy);
    }

    private static IEnumerable<string> Unsorted(string calendar, string[] beginnings)
    {
        return calendar.Replace("\r\n ", "").Split(new[] { "\r\n" }, StringSplitOptions.None)
            .Where(line => beginnings.Any(beginning => line.StartsWith(beginning, StringComparison.Ordinal)));
    }

    private static Json Lines(string calendar, params string[] beginnings)
    {
        return Json.Of(Unsorted(calendar, beginnings).OrderBy(line => line, StringComparer.Ordinal));
    }

    private static Json Updated(Json with, Policy policy, IcalOptions options)
    {
        string before = Libpfh.PlansToIcal(Plans(with, policy, with["previous"]), options);
        return Lines(Libpfh.UpdateIcal(before, Plans(with, policy, with["as_of"]), options), "UID:", "SEQUENCE:", "STATUS:");
    }

    private static Json Fed(Json with, Policy policy, IcalOptions options)
    {
        using (Feed feed = new Feed(null, options))
        {
            foreach (Plan plan in Plans(with, policy, with["as_of"]))
                feed.Add(plan);
            return Json.Object("count", feed.Count, "lines", Lines(feed.ToIcal(), "UID:", "SUMMARY:"));
        }
    }

    private static Json Invited(Json with, Policy policy, IcalOptions options)
    {
        int point = with["point"].Int;
        string before = with["previous"].IsNull ? null : Plan(with, policy, with["previous"]).ToInvitation(point, null, options);
        string message = Plan(with, policy, with["as_of"]).ToInvitation(point, before, options);
        return message == null ? Json.Null : Json.Of(Unsorted(message, new[] { "METHOD:", "UID:" }));
    }

    private static Json ReadBack(Json with, Policy policy, IcalOptions options)
    {
        List<Plan> plans = Plans(with, policy, with["as_of"]);
        string calendar = Libpfh.PlansToIcal(plans, options);
        if (with.Has("move"))
        {
            string from = with["move"].Items[0].Text;
            Tap.That(calendar.Contains(from), from + " is in the calendar");
            calendar = calendar.Replace(from, with["move"].Items[1].Text);
        }
        using (Proposals proposals = Libpfh.ReadIcal(calendar, plans, options))
            return Json.Of(proposals.Select(one => Json.Object("pathway", one.Pathway, "task", one.Task, "needs", one.Needs,
                "event", one.Event == null ? Json.Null : Json.Object("type", one.Event.Text("type"), "start", one.Event.Text("start")))).ToList());
    }
}
