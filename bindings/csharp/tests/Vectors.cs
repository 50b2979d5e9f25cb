// Vectors.cs -- the conformance vectors of tests/vectors: README.md there says what a case holds.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Pfh;

public static class Vectors
{
    private static readonly string[] Copies = { "merge.json", "handover.json", "needs.json", "checklist.json" };

    public static void Run(string folder)
    {
        string[] files = Directory.GetFiles(folder, "*.json").Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal).ToArray();
        Tap.That(Copies.All(files.Contains), "the files of copies are there");
        foreach (string file in files)
        {
            List<Json> cases = Json.Parse(File.ReadAllText(Path.Combine(folder, file))).Items;
            Tap.Test("all " + cases.Count + " vectors of " + file, () => CheckAll(file, cases));
        }
    }

    private static void CheckAll(string file, List<Json> cases)
    {
        List<string> wrong = new List<string>();
        foreach (Json one in cases)
        {
            Expected expected = new Expected(one["expect"]);
            Check(file, one, expected);
            wrong.AddRange(expected.Wrong.Select(what => one["name"].Text + ": " + what));
        }
        Tap.That(cases.Count > 0 && wrong.Count == 0, string.Join("\n", wrong));
    }

    private static void Check(string file, Json one, Expected expected)
    {
        switch (file)
        {
            case "merge.json": Merge(one, expected); break;
            case "handover.json": Handover(one, expected); break;
            case "needs.json": OfNeeds(one, expected); break;
            case "checklist.json": Checklist(one, expected); break;
            default: OfPlan(one, expected); break;
        }
    }

    // ---- Plans ---------------------------------------------------------------------------------------

    private static void OfPlan(Json one, Expected expected)
    {
        string text = null;
        bool explain = one["expect"].Raw.Contains("\"because\"");
        PfhException refused = Refused(() =>
        {
            using (Plan plan = Asked.Plan(one))
            {
                text = plan.ToJson(explain);
                expected.Covers("the values of the binding", Document.Of(plan), Json.Parse(text), true);
            }
        });
        expected.Status(refused);
        if (text != null)
            expected.PlanKeys(Json.Parse(text));
    }

    // ---- Two copies ----------------------------------------------------------------------------------

    private static void Merge(Json one, Expected expected)
    {
        List<Pathway> copies = one["copies"].Items.Select(Asked.Pathway).ToList();
        using (MergeOptions options = Asked.MergeOptions(one["merge_edition"], one["choose_all"], one["choices"]))
        {
            List<Json> rows = Differences(copies[0], copies[1], options);
            expected.Covered("differences", Json.List(rows));
            expected.Covered("conflicts", Json.List(rows.Where(row => row["kind"].Text == "conflict")));
            string merged = null;
            PfhException refused = Refused(() => merged = MergeAll(copies, options));
            if (!one.Has("choices"))
                SameReversed(copies, options, merged, refused, expected);
            if (expected.Has("conflicts") && !expected.Has("error"))
                expected.That(refused != null && refused.Status == Status.Conflict, "it is a conflict");
            else
                expected.Status(refused);
            expected.Result("merged", merged);
        }
        copies.ForEach(copy => copy.Dispose());
    }

    private static List<Json> Differences(Pathway mine, Pathway theirs, MergeOptions options)
    {
        List<Json> rows = new List<Json>();
        Refused(() => rows.AddRange(mine.Diff(theirs, options).Select(row => Json.Object("kind", row.Kind.Word(), "name", row.Name,
            "event", row.Event, "type", Asked.WordOrNull(row.Type), "date", row.Date, "mine", row.Mine, "theirs", row.Theirs,
            "conflict", Asked.WordOrNull(row.Conflict), "key", row.Key, "chosen", Asked.WordOrNull(row.Chosen)))));
        return rows; // an edition that is refused: the merging says so
    }

    private static string MergeAll(IEnumerable<Pathway> copies, MergeOptions options)
    {
        Pathway merged = copies.Aggregate((soFar, next) => soFar.Merge(next, options));
        return merged.ToJson();
    }

    private static void SameReversed(List<Pathway> copies, MergeOptions options, string merged, PfhException refused, Expected expected)
    {
        string reversed = null;
        PfhException other = Refused(() => reversed = MergeAll(Enumerable.Reverse(copies), options));
        expected.That(merged == reversed && (refused == null ? other == null : other != null && other.Status == refused.Status),
            "from the last on it is the same");
    }

    private static void Handover(Json one, Expected expected)
    {
        using (Pathway pathway = Asked.Pathway(one["pathway"]))
        using (Policy policy = Asked.Policy(one["policy"]))
        {
            Pathway copy = null;
            expected.Status(Refused(() => copy = pathway.Handover(Asked.Word<Audience>(one["handover"]), policy, one["override"].Flag)));
            if (copy == null)
                return;
            string text = copy.ToJson(), all = pathway.ToJson();
            expected.Result("copy", text);
            using (Pathway again = Pathway.Parse(text))
                expected.That(again.ToJson() == text, "read and written it is the same");
            expected.That(pathway.Merge(copy).ToJson() == all && copy.Merge(pathway).ToJson() == all, "a copy adds nothing");
            copy.Dispose();
        }
    }

    // ---- Needs and checklists ------------------------------------------------------------------------

    private static void OfNeeds(Json one, Expected expected)
    {
        string text = null;
        expected.Status(Refused(() => text = Asked.Needs(one).ToJson()));
        if (text != null)
            expected.DocumentKeys("needs", Json.Parse(text));
    }

    private static void Checklist(Json one, Expected expected)
    {
        Json asked = one["checklist"];
        string text = null;
        using (Policy policy = Asked.Policy(one["policy"]))
        using (Needs known = asked["known"].Flag ? Asked.Needs(one) : null)
            expected.Status(Refused(() => text = Libpfh.ChecklistJson(asked["edition"].Text, asked["point"].Int, policy, known,
                asked["language"].IsNull ? Language.Nb : Asked.Word<Language>(asked["language"]))));
        if (text != null)
            expected.DocumentKeys("checklist", Json.Parse(text));
    }

    private static PfhException Refused(Action does)
    {
        try
        {
            does();
            return null;
        }
        catch (PfhException refused)
        {
            return refused;
        }
    }
}
