// Story.cs -- the story of bindings/smoke: its README.md says what each call is.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Pfh;

public static class Story
{
    private static string version; // of the project

    public static void Run(string file, string projectVersion)
    {
        version = projectVersion;
        foreach (Json step in Json.Parse(File.ReadAllText(file)).Items)
            Tap.Test(step["step"].Text, () => Check(step));
    }

    private static void Check(Json step)
    {
        if (step.Has("then"))
        {
            CheckThen(step);
            return;
        }
        if (step.Has("refused"))
        {
            Refused(step, () => Call(step["call"].Text, step["with"]));
            return;
        }
        Json result = Call(step["call"].Text, step["with"]);
        if (step.Has("gives"))
            Tap.That(Wanted(step["gives"]).Same(result), step["gives"].Raw + " is " + result.Write());
        else
            Tap.That(step["has"].IsCoveredBy(result), step["has"].Raw + " is covered by " + result.Write());
    }

    private static void Refused(Json step, Action does)
    {
        PfhException refused = Tap.Throws<PfhException>(does);
        Json got = Json.Object("status", refused.Status.Word(), "where", refused.Where, "offset", refused.Offset);
        Tap.That(step["refused"].IsCoveredBy(got), step["refused"].Raw + " is covered by " + got.Write());
        Tap.That(refused.Message.StartsWith(refused.Status.Word()) && refused.Message.EndsWith(refused.Text), refused.Message);
    }

    /// <summary>A text that JSON cannot carry, also where it is expected.</summary>
    private static Json Wanted(Json gives)
    {
        return Asked.IsSpelt(gives) ? Json.Of(Asked.Text(gives)) : gives;
    }

    private static Json Call(string call, Json with)
    {
        switch (call)
        {
            case "versions": return Json.Of(Versions());
            case "words": return WordsOf(with);
            case "members": return Members(with);
            case "enum_text": return Json.Of(Asked.TextOf(Asked.Member(Asked.Enum(with["enum"]), with["word"].Text), Language(with)));
            case "text": return Json.Of(Libpfh.Text(Language(with), Asked.Text(with["id"])));
            case "status": return StatusOf(Asked.Word<Status>(with["status"]));
            case "date": return DateBack(with);
            case "add_months": return Json.Of(Libpfh.AddMonths(Asked.Date(with["date"]), with["months"].Int));
            case "add_working_days": return Json.Of(Libpfh.AddWorkingDays(Asked.Date(with["date"]), with["count"].Int));
            case "is_holiday": return Json.Of(Libpfh.IsHoliday(Asked.Date(with["date"])));
            case "is_working_day": return Json.Of(Libpfh.IsWorkingDay(Asked.Date(with["date"])));
            case "easter": return Json.Of(Libpfh.Easter(with["year"].Int));
            case "date_range": return Json.Row(Libpfh.DateMin, Libpfh.DateMax);
            case "timestamp": return Json.Of(Libpfh.TimestampToUtc(Asked.Text(with["text"])));
            case "classify_number": return Classified(with);
            case "number_is": return Json.Of(NumberIs(with["what"].Text, Asked.Text(with["text"])));
            case "holds_person_number": return Json.Of(Libpfh.HoldsPersonNumber(Asked.Text(with["text"])));
            case "echo": return Echo(with);
            case "echo_json": return EchoJson(with);
            case "set": return SetBack(with);
            case "build": return Build(with);
            case "build_policy": return BuildPolicy(with);
            case "pathway": using (Pathway pathway = Asked.Pathway(with["text"])) return Json.Parse(pathway.ToJson());
            case "policy": using (Policy policy = Asked.Policy(with["text"])) return Json.Parse(policy.ToJson());
            case "policy_number": using (Policy policy = Asked.Policy(with["policy"])) return Json.Of(policy.Number(with["key"].Text));
            case "edition": return EditionOf(Edition.Find(Asked.Text(with["name"])));
            case "editions": return Json.Of(Edition.All.Select(edition => edition.Name));
            case "has_topic": return Json.Of(Edition.Find(with["edition"].Text).HasTopic(with["code"].Text));
            case "events": using (Pathway pathway = Asked.Pathway(with["pathway"])) return Json.Of(pathway.Events.Select(one => one.Text("id")).ToList());
            case "find": return Found(with, record => record.Text(with["path"].Text));
            case "count": return Found(with, record => record.Count(with["path"].Text));
            case "plan": using (Plan plan = Asked.Plan(with)) return Document.Of(plan);
            case "plan_json": using (Plan plan = Asked.Plan(with)) return Json.Parse(plan.ToJson(with["explain"].Flag));
            case "explain": return Explained(with);
            case "plan_many": return Many(with, (pathways, policy, onError) => Libpfh.PlanMany(pathways, Asked.AsOf(with), policy,
                Asked.Text(with["known_at"]), Asked.Text(with["edition"]), onError).Select(plan => Json.Of(plan.Tasks.Select(task => task.Id))));
            case "plan_many_json": return Many(with, (pathways, policy, onError) => Libpfh.PlanManyJson(pathways, Asked.AsOf(with), policy,
                Asked.Text(with["known_at"]), Asked.Text(with["edition"]), false, onError).Select(Json.Parse));
            case "caseload": return Caseload(with);
            case "worklist": return WorklistOf(with);
            case "needs": using (Needs needs = Asked.Needs(with)) return NeedsOf(needs);
            case "needs_json": using (Needs needs = Asked.Needs(with)) return Json.Parse(needs.ToJson());
            case "needs_find": using (Needs needs = Asked.Needs(with)) return Json.Of(Asked.WordOrNull(needs.Find(with["topic"].Text)?.Need));
            case "needs_text": using (Needs needs = Asked.Needs(with)) return Json.Of(needs.ToText(Asked.Word<Audience>(with["audience"]), Language(with), with["max_characters"].Int));
            case "needs_text_min": return Json.Of(Libpfh.NeedsTextMin);
            case "checklist": return Json.Parse(Checklist(with, Libpfh.ChecklistJson));
            case "checklist_text": return Json.Of(Checklist(with, Libpfh.ChecklistText));
            case "handover": return HandedOver(with);
            case "handover_rules": return Json.Of(Libpfh.HandoverRules.Select(rule => Json.Row(Asked.WordOrNull(rule.Audience), rule.LeftOut)));
            case "merge": return Merged(with);
            case "diff": return Compared(with);
            case "long": return Long(with);
            case "lint": return Json.Of(Lint(with["text"]).Select(defect => Json.Row(defect.Line, defect.Column, defect.Rule)));
            case "lint_rules": return Json.Of(Libpfh.LintRules.Count);
            default: return Calendar.Call(call, with);
        }
    }

    private static Language Language(Json with)
    {
        return Asked.Word<Language>(with["language"]);
    }

    // ---- Versions and enums --------------------------------------------------------------------------

    private static bool Versions()
    {
        int[] parts = version.Split('.').Select(int.Parse).ToArray();
        return Libpfh.Version == version && Libpfh.BindingVersion == version &&
            typeof(Libpfh).Assembly.GetName().Version.ToString() == version + ".0" &&
            (int)Asked.Hidden(typeof(Libpfh), "VersionNumber") == parts[0] * 1000000 + parts[1] * 1000 + parts[2];
    }

    private static Json WordsOf(Json with)
    {
        Type type = Asked.Enum(with["enum"]);
        int first = type == typeof(Status) || type == typeof(NumberRule) ? 0 : 1;
        int step = type == typeof(Status) ? -1 : 1, place = 0;
        foreach (object member in Asked.Members(type))
        {
            Tap.Equal(first + step * place++, (int)member, "the value of " + member);
            Tap.Equal(member, Asked.Member(type, Asked.Word(member)), "what its word stands for");
        }
        return Json.Of(Asked.Members(type).Select(Asked.Word));
    }

    /// <summary>As UPPER_SNAKE, which is made of the word; the name is compared with that in camel case.</summary>
    private static Json Members(Json with)
    {
        List<object> names = new List<object>();
        foreach (object member in Asked.Members(Asked.Enum(with["enum"])))
        {
            string word = Asked.Word(member);
            string upper = (char.IsDigit(word[0]) ? "RULE_" : "") +
                new string(word.Select(c => char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_').ToArray());
            string camel = string.Concat(upper.Split('_').Select(part => part[0] + part.Substring(1).ToLowerInvariant()));
            names.Add(camel == member.ToString() ? upper : member.ToString());
        }
        return Json.List(names);
    }

    private static Json StatusOf(Status status)
    {
        return Json.Object("word", status.Word(), "text", status.Text());
    }

    // ---- Dates and numbers ---------------------------------------------------------------------------

    private static Json DateBack(Json with)
    {
        using (Record record = new Record(RecordKind.Event) { ["date"] = Asked.Date(with["date"]) })
            return Json.Of(record.Date("date"));
    }

    private static Json Classified(Json with)
    {
        NumberKind? declared = with["declared"].IsNull ? (NumberKind?)null : Asked.Word<NumberKind>(with["declared"]);
        NumberRule rule = with["rule"].IsNull ? NumberRule.Strict : Asked.Word<NumberRule>(with["rule"]);
        PersonNumber number = Libpfh.ClassifyNumber(Asked.Text(with["number"]), declared, rule);
        return Json.Object("kind", Asked.WordOrNull(number.Kind), "strict", number.Strict, "synthetic", number.Synthetic,
            "ambiguous", number.Ambiguous, "uncertain", number.Uncertain, "birth_hint", number.BirthHint);
    }

    private static bool NumberIs(string what, string text)
    {
        return what == "organisation" ? Libpfh.IsOrganisationNumber(text) : what == "municipality" ? Libpfh.IsMunicipalityNumber(text)
            : what == "hpr" ? Libpfh.IsHprNumber(text) : Libpfh.IsHerId(text);
    }

    // ---- Records -------------------------------------------------------------------------------------

    private static Pathway Plain()
    {
        using (Record head = new Record(RecordKind.Pathway)
        {
            ["id"] = "p", ["edition"] = "hdir-2022", ["diagnosis/code"] = "C50.9", ["diagnosis/date"] = new DateTime(2026, 1, 31),
        })
            return new Pathway(head);
    }

    private static Json Echo(Json with)
    {
        using (Pathway pathway = Plain())
        using (Record offer = Closing.Offer("e"))
        {
            offer["note"] = Asked.Text(with["text"]);
            pathway.Append(offer);
            return Json.Of(pathway.Find("e").Text("note"));
        }
    }

    private static Json EchoJson(Json with)
    {
        using (Pathway pathway = Plain())
        using (Record offer = Closing.Offer("e"))
        {
            offer.SetJson("x_note", Json.Of(Asked.Text(with["text"])).Write());
            pathway.Append(offer);
            using (Pathway again = Pathway.Parse(pathway.ToJson()))
                return Json.Of(Json.Parse(again.Find("e").Text("x_note")).Text);
        }
    }

    private static Json SetBack(Json with)
    {
        string kind = new[] { "text", "number", "flag", "date", "json", "word" }.First(with.Has), path = Asked.Text(with["path"]);
        using (Record record = new Record(Asked.Word<RecordKind>(with["record"])))
        {
            if (with.Has("before"))
                Set(record, path, kind, with, with["before"]);
            Set(record, path, kind, with, with[kind]);
            return Json.Of(kind == "number" ? record.Number(path) : kind == "flag" ? record.Flag(path)
                : kind == "date" ? record.Date(path) : (object)record.Text(path));
        }
    }

    private static void Set(Record record, string path, string kind, Json with, Json value)
    {
        if (kind == "json")
            record.SetJson(path, Asked.Text(value));
        else if (value.IsNull)
            record[path] = null;
        else if (kind == "word")
            record[path] = Asked.Member(Asked.Enum(with["enum"]), value.Text);
        else
            record[path] = kind == "text" ? Asked.Text(value) : kind == "number" ? value.Int
                : kind == "flag" ? value.Flag : (object)Asked.Date(value);
    }

    private static void Fill(Record record, string path, Json value)
    {
        string key = path.Substring(path.LastIndexOf('/') + 1);
        if (key.StartsWith("x_"))
            record.SetJson(path, value.Raw);
        else if (value.Kind == JsonKind.Object)
            for (int i = 0; i < value.Items.Count; i++)
                Fill(record, (path.Length == 0 ? "" : path + "/") + value.Keys[i], value.Items[i]);
        else if (value.Kind == JsonKind.List)
            for (int i = 0; i < value.Items.Count; i++)
                Fill(record, path + "/" + i, value.Items[i]);
        else
            record[path] = value.IsNull ? null : value.Kind == JsonKind.Flag ? value.Flag
                : value.Kind == JsonKind.Number ? value.Int : (object)value.Text;
    }

    private static Record Filled(RecordKind kind, Json with)
    {
        Record record = new Record(kind);
        Fill(record, "", with);
        return record;
    }

    private static Json Build(Json with)
    {
        using (Record head = Filled(RecordKind.Pathway, with["head"]))
        using (Pathway pathway = new Pathway(head))
        {
            foreach (Json one in with["events"].Items)
                using (Record filled = Filled(RecordKind.Event, one))
                    pathway.Append(filled);
            return Json.Parse(pathway.ToJson());
        }
    }

    private static Json BuildPolicy(Json with)
    {
        using (Record record = Filled(RecordKind.Policy, with["record"]))
        using (Policy policy = new Policy(record))
            return Json.Parse(policy.ToJson());
    }

    private static Json Found(Json with, Func<Record, object> read)
    {
        using (Pathway pathway = Asked.Pathway(with["pathway"]))
        {
            Record record = with["id"].IsNull ? pathway.Head : pathway.Find(Asked.Text(with["id"]));
            return Json.Of(record == null ? null : read(record));
        }
    }

    private static Json Long(Json with)
    {
        using (Pathway pathway = Asked.Pathway(with["pathway"]))
        {
            int appended = 0;
            return LongOf(pathway, with, ref appended);
        }
    }

    private static Json LongOf(Pathway pathway, Json with, ref int appended)
    {
        while (appended < with["times"].Int)
            using (Record one = new Record(RecordKind.Event))
            {
                foreach (string key in with["event"].Keys)
                    Fill(one, key, Wanted(with["event"][key]));
                one["id"] = with["event"]["id"].Text + (appended + 1);
                pathway.Append(one);
                appended++;
            }
        return Json.Parse(pathway.ToJson());
    }

    /// <summary>What holds of a long pathway after it was refused.</summary>
    private static void CheckThen(Json step)
    {
        Json with = step["with"];
        int appended = 0;
        using (Pathway pathway = Asked.Pathway(with["pathway"]))
        {
            Refused(step, () => LongOf(pathway, with, ref appended));
            using (Plan plan = pathway.Plan(Asked.AsOf(with)))
            {
                Json then = Json.Object("kept", appended == pathway.Events.Count, "tasks", plan.Tasks.Select(task => task.Id));
                Tap.That(appended > 0 && step["then"].Same(then), step["then"].Raw + " is " + then.Write());
            }
        }
    }

    // ---- Editions ------------------------------------------------------------------------------------

    private static Json OffsetOf(Offset offset)
    {
        return offset == null ? Json.Null : Json.Object("months", offset.Months, "days", offset.Days);
    }

    private static Json EditionOf(Edition edition)
    {
        return Json.Object("name", edition.Name, "effective", edition.Effective, "draft", edition.Draft,
            "points", edition.Points.Select(point => Json.Object("point", point.Point, "level", point.Level.Word(),
                "opens", OffsetOf(point.Opens), "about", OffsetOf(point.About), "closes", OffsetOf(point.Closes),
                "relative", point.Relative, "maps_to", point.MapsTo)),
            "topics", edition.Topics.Select(topic => topic.Code), "activities", edition.Activities().Count,
            "maps_edition", edition.MapsEdition);
    }

    // ---- Plans ---------------------------------------------------------------------------------------

    private static Json Explained(Json with)
    {
        using (Plan plan = Asked.Plan(with))
            return Json.Of(with.Has("task") ? plan.Explain(with["task"].Text, Language(with)) : plan.Explain(with["point"].Int, Language(with)));
    }

    private delegate IEnumerable<Json> ManyCall(IEnumerable<Pathway> pathways, Policy policy, Action<int, PfhException> onError);

    /// <summary>A pathway that fails is told of by its place, before what comes after it.</summary>
    private static Json Many(Json with, ManyCall call)
    {
        List<Pathway> pathways = with["pathways"].Items.Select(Asked.Pathway).ToList();
        Json[] results = new Json[pathways.Count];
        int next = 0;
        using (Policy policy = Asked.Policy(with["policy"]))
            foreach (Json given in call(pathways, policy, (place, error) => results[place] = Json.Of(error.Status.Word())))
            {
                while (results[next] != null)
                    next++;
                results[next] = given;
            }
        pathways.ForEach(pathway => pathway.Dispose());
        return Json.Of(results);
    }

    private static IEnumerable<byte[]> Pieces(byte[] text, int size)
    {
        for (int at = 0; at < text.Length; at += size)
            yield return text.Skip(at).Take(size).ToArray();
    }

    private static Json Caseload(Json with)
    {
        byte[] text = Asked.Bytes(with["text"]) ?? Encoding.UTF8.GetBytes(Asked.Text(with["text"]));
        Json read = Lines(Libpfh.ReadCaseload(Pieces(text, with["piece"].Int)));
        Tap.Equal(read.Write(), Lines(Libpfh.ReadCaseload(new MemoryStream(text))).Write(), "from a stream");
        return read;
    }

    private static Json Lines(IEnumerable<Line> lines)
    {
        List<object> rows = new List<object>();
        foreach (Line line in lines.Where(line => !line.Continued))
            rows.Add(line.Error == null ? Json.Row(line.Number, line.Pathway.Id)
                : Json.Row(line.Number, line.Error.Status.Word(), line.Error.Where));
        return Json.List(rows);
    }

    private static Json WorklistOf(Json with)
    {
        using (Policy policy = Asked.Policy(with["policy"]))
        using (Worklist list = new Worklist())
        {
            foreach (Json filter in with["filters"].Items)
                list.Filter(filter.Items[0].Text, Asked.Text(filter.Items[1]));
            foreach (Json given in with["pathways"].Items)
                using (Pathway pathway = Asked.Pathway(given))
                using (Plan plan = pathway.Plan(Asked.AsOf(with), policy))
                    list.Add(plan);
            list.Sort();
            Tap.Equal(list.Count, list.Count(), "counted and gone over");
            return Json.Of(list.Select(work => Json.Row(work.Task.Due, work.Task.State.Word(), work.Pathway, work.Task.Id)));
        }
    }

    // ---- Needs and checklists ------------------------------------------------------------------------

    private static Json NeedsOf(Needs needs)
    {
        return Json.Object(
            "topics", needs.Topics.Where(topic => topic.Need != Need.NotDiscussed).Select(topic => Json.Row(topic.Topic, topic.Need.Word(), topic.Since)),
            "assessments", needs.Assessments.Select(one => Json.Row(one.Event, one.Distress,
                one.Changes.Select(change => Json.Row(change.Topic, change.Change.Word())))));
    }

    private static string Checklist(Json with, Func<string, int, Policy, Needs, Language, string> call)
    {
        using (Policy policy = Asked.Policy(with["policy"]))
        using (Needs known = with["known"].IsNull ? null : Asked.Needs(with["known"]))
            return call(Asked.Text(with["edition"]), with["point"].Int, policy, known, with["language"].IsNull ? Pfh.Language.Nb : Language(with));
    }

    // ---- Hand-over and merging -----------------------------------------------------------------------

    private static Json HandedOver(Json with)
    {
        using (Pathway pathway = Asked.Pathway(with["pathway"]))
        using (Policy policy = Asked.Policy(with["policy"]))
        using (Pathway copy = pathway.Handover(Asked.Word<Audience>(with["audience"]), policy, with["override"].Flag))
            return Json.Parse(copy.ToJson());
    }

    private static Json Merged(Json with)
    {
        using (Pathway mine = Asked.Pathway(with["mine"]), theirs = Asked.Pathway(with["theirs"]))
        using (MergeOptions options = Asked.MergeOptions(with["edition"], with["choose_all"], with["choices"]))
        using (Pathway merged = mine.Merge(theirs, options))
            return Json.Parse(merged.ToJson());
    }

    private static Json Compared(Json with)
    {
        using (Pathway mine = Asked.Pathway(with["mine"]), theirs = Asked.Pathway(with["theirs"]))
        using (MergeOptions options = Asked.MergeOptions(with["edition"], with["choose_all"], with["choices"]))
        {
            Diff diff = mine.Diff(theirs, options);
            return Json.Object("conflicts", diff.ConflictCount, "rows", diff.Select(row => Json.Row(row.Kind.Word(), row.Name,
                Asked.WordOrNull(row.Conflict), Asked.WordOrNull(row.Chosen))));
        }
    }

    private static IReadOnlyList<Defect> Lint(Json text)
    {
        byte[] bytes = Asked.Bytes(text);
        return bytes != null ? Libpfh.LintCalendar(bytes) : Libpfh.LintCalendar(Asked.Text(text));
    }
}
