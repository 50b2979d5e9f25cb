// Asked.cs -- what a step of the story or a case of the vectors gives, as arguments of the binding.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using Pfh;

public static class Asked
{
    /// <summary>A text as it stands, or one that JSON cannot carry.</summary>
    public static string Text(Json given)
    {
        if (!IsSpelt(given))
            return given.Kind == JsonKind.Object ? given.Raw : given.TextOrNull;
        if (given.Has("units"))
            return new string(given["units"].Items.Select(unit => (char)unit.Int).ToArray());
        return string.Concat(Enumerable.Repeat(given["repeat"].Text, given["times"].Int));
    }

    /// <summary>Whether an object stands for a text: a policy has a key "units", too.</summary>
    public static bool IsSpelt(Json given)
    {
        return given.Keys.Count == 1 && given.Has("units") || given.Keys.Count == 2 && given.Has("repeat") && given.Has("times");
    }

    /// <summary>The bytes of a document that is given as such, or null.</summary>
    public static byte[] Bytes(Json given)
    {
        if (given.Kind != JsonKind.Object || !given.Has("bytes"))
            return null;
        string digits = given["bytes"].Text;
        return Enumerable.Range(0, digits.Length / 2)
            .Select(i => byte.Parse(digits.Substring(2 * i, 2), NumberStyles.HexNumber)).ToArray();
    }

    public static DateTime Date(Json given)
    {
        return DateTime.ParseExact(given.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    public static DateTime AsOf(Json with)
    {
        return Date(with["as_of"]);
    }

    public static Pathway Pathway(Json given)
    {
        byte[] bytes = Bytes(given);
        return bytes != null ? Pfh.Pathway.Parse(bytes) : Pfh.Pathway.Parse(Text(given));
    }

    /// <summary>Null where none is given: the defaults.</summary>
    public static Policy Policy(Json given)
    {
        byte[] bytes = Bytes(given);
        return given.IsNull ? null : bytes != null ? Pfh.Policy.Parse(bytes) : Pfh.Policy.Parse(Text(given));
    }

    public static Plan Plan(Json with)
    {
        using (Pathway pathway = Pathway(with["pathway"]))
        using (Policy policy = Policy(with["policy"]))
            return pathway.Plan(AsOf(with), policy, Text(with["known_at"]), Text(with["edition"]));
    }

    public static Needs Needs(Json with)
    {
        using (Pathway pathway = Pathway(with["pathway"]))
        using (Policy policy = Policy(with["policy"]))
            return pathway.Needs(AsOf(with), policy, Text(with["known_at"]), Text(with["edition"]));
    }

    public static MergeOptions MergeOptions(Json edition, Json chooseAll, Json choices)
    {
        MergeOptions options = new MergeOptions();
        options.Edition(edition.TextOrNull);
        if (!chooseAll.IsNull)
            options.ChooseAll(Word<Side>(chooseAll));
        foreach (string conflict in choices.Keys)
            options.Choose(conflict, Word<Side>(choices[conflict]));
        return options;
    }

    /// <summary>A static property that is not public.</summary>
    public static object Hidden(Type type, string name)
    {
        return type.GetProperty(name, BindingFlags.Static | BindingFlags.NonPublic).GetValue(null);
    }

    // ---- Words and enums -----------------------------------------------------------------------------

    public static T Word<T>(Json given) where T : struct
    {
        return (T)Member(typeof(T), given.Text);
    }

    /// <summary>The member of an enum by its word, through the binding's own TryParse().</summary>
    public static object Member(Type type, string word)
    {
        object[] arguments = { word, null };
        MethodInfo parse = typeof(Words).GetMethod("TryParse", new[] { typeof(string), type.MakeByRefType() });
        Tap.That((bool)parse.Invoke(null, arguments), word + " is a word of " + type.Name);
        return arguments[1];
    }

    public static Type Enum(Json name)
    {
        return typeof(Words).Assembly.GetType("Pfh." + name.Text, true);
    }

    public static IEnumerable<object> Members(Type type)
    {
        return System.Enum.GetValues(type).Cast<object>().OrderBy(value => Math.Abs((int)value));
    }

    public static string Word(object member)
    {
        return (string)typeof(Words).GetMethod("Word", new[] { member.GetType() }).Invoke(null, new[] { member });
    }

    public static string TextOf(object member, Language language)
    {
        MethodInfo text = typeof(Words).GetMethod("Text", new[] { member.GetType(), typeof(Language) });
        return (string)text.Invoke(null, new[] { member, language });
    }

    public static string WordOrNull(object member)
    {
        return member == null ? null : Word(member);
    }
}
