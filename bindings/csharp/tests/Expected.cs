// Expected.cs -- what a case of the vectors expects, and what is not so.
using System.Collections.Generic;
using System.Linq;
using Pfh;

public sealed class Expected
{
    private readonly Json expect;
    public readonly List<string> Wrong = new List<string>();

    public Expected(Json expect)
    {
        this.expect = expect;
        That(expect.Keys.Count > 0, "it expects something");
    }

    public bool Has(string key)
    {
        return expect.Has(key);
    }

    public void That(bool holds, string what)
    {
        if (!holds)
            Wrong.Add("not so: " + what);
    }

    public void Covers(string what, Json wanted, Json got, bool known)
    {
        Json same = known ? Json.Object() : wanted;
        for (int i = 0; known && i < wanted.Keys.Count; i++)
            if (got.Has(wanted.Keys[i])) // names are not in the document
                same.Add(wanted.Keys[i], wanted.Items[i]);
        if (!same.IsCoveredBy(got))
            Wrong.Add(what + ": " + same.Write() + " is not covered by " + got.Write());
    }

    public void Covered(string key, Json got)
    {
        if (Has(key))
            Covers(key, expect[key], got, false);
    }

    /// <summary>The error that is expected, or none.</summary>
    public void Status(PfhException refused)
    {
        Json got = refused == null ? Json.Object("status", "ok", "where", "") : Json.Object("status", refused.Status.Word(), "where", refused.Where);
        if (Has("error"))
            Covers("error", expect["error"], got, false);
        else
            That(refused == null, "it is not refused: " + got.Write());
    }

    /// <summary>A document that came out: "merged", "merged_is", "merged_text".</summary>
    public void Result(string key, string text)
    {
        Json got = text == null ? Json.Null : Json.Parse(text);
        Covered(key, got);
        if (Has(key + "_is"))
            That(expect[key + "_is"].Same(got), key + "_is " + got.Write());
        if (Has(key + "_text"))
            That(expect[key + "_text"].Text == text, key + "_text " + text);
    }

    // ---- A plan --------------------------------------------------------------------------------------

    public void PlanKeys(Json plan)
    {
        That(!Has("error"), "a plan came out");
        for (int i = 0; i < expect.Keys.Count; i++)
            PlanKey(expect.Keys[i], expect.Items[i], plan, plan["tasks"], plan["findings"]);
    }

    private void PlanKey(string key, Json wanted, Json plan, Json tasks, Json findings)
    {
        switch (key)
        {
            case "points": Rows(key, wanted, plan["points"], "point"); break;
            case "tasks": Rows(key, wanted, tasks, "id"); break;
            case "findings": That(wanted.Items.All(one => findings.Items.Any(one.IsCoveredBy)), key + " " + findings.Write()); break;
            case "only_tasks": Covers(key, wanted, Values(tasks, "id"), false); break;
            case "no_tasks": None(wanted, tasks, "id", "kind"); break;
            case "no_findings": None(wanted, findings, "id", "id"); break;
            case "only_findings": Covers(key, wanted, findings, false); break;
            case "error": break;
            default: Covers(key, wanted, plan[key], false); break;
        }
    }

    /// <summary>Each wanted row with the row that has the same value of a key.</summary>
    private void Rows(string what, Json wanted, Json rows, string key)
    {
        foreach (Json one in wanted.Items)
        {
            Json row = rows.Items.FirstOrDefault(other => one[key].Same(other[key]));
            That(row != null && one.IsCoveredBy(row), what + ": " + one.Write() + " is covered by " + (row ?? rows).Write());
        }
    }

    private void None(Json words, Json rows, string key, string other)
    {
        foreach (Json word in words.Items)
            That(!rows.Items.Any(row => row[key].Text == word.Text || row[other].Text == word.Text), "no " + word.Text);
    }

    private static Json Values(Json rows, string key)
    {
        return Json.List(rows.Items.Select(row => row[key]));
    }

    // ---- A document of needs, or a checklist ---------------------------------------------------------

    public void DocumentKeys(string which, Json document)
    {
        Json wanted = expect[which];
        for (int i = 0; i < wanted.Keys.Count; i++)
        {
            string key = wanted.Keys[i];
            Json value = wanted.Items[i];
            if (key == "topics" || key == "assessments")
                Rows(key, value, document[key], key == "topics" ? "topic" : "event");
            else if (key == "only_topics" || key == "only_assessments")
                Covers(key, value, Values(document[key.Substring(5)], key == "only_topics" ? "topic" : "event"), false);
            else
                Covers(key, value, document[key], false);
        }
    }
}
