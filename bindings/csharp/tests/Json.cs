// Json.cs -- JSON for the tests: read with the place of each value in its source, so that a document goes to the
// library as it stands; written; compared.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

public enum JsonKind { Null, Flag, Number, Text, List, Object }

public sealed class Json
{
    public static readonly Json Null = new Json { Kind = JsonKind.Null };

    public JsonKind Kind;
    public string Text; // of a text; of a number as it stands
    public bool Flag;
    public readonly List<Json> Items = new List<Json>();
    public readonly List<string> Keys = new List<string>(); // of Items, in an object
    private string source;
    private int start, end;

    /// <summary>As it stood in what it was read from.</summary>
    public string Raw { get { return source == null ? Write() : source.Substring(start, end - start); } }

    public bool IsNull { get { return Kind == JsonKind.Null; } }

    public int Int { get { return int.Parse(Text, CultureInfo.InvariantCulture); } }

    public string TextOrNull { get { return IsNull ? null : Text; } }

    /// <summary>The value of a key; Null where there is none.</summary>
    public Json this[string key]
    {
        get
        {
            int at = Keys.IndexOf(key);
            return at < 0 ? Null : Items[at];
        }
    }

    public bool Has(string key)
    {
        return Keys.Contains(key);
    }

    // ---- Made of C# ----------------------------------------------------------------------------------

    public static Json Of(object value)
    {
        if (value == null)
            return Null;
        if (value is Json)
            return (Json)value;
        if (value is string)
            return new Json { Kind = JsonKind.Text, Text = (string)value };
        if (value is bool)
            return new Json { Kind = JsonKind.Flag, Flag = (bool)value };
        if (value is int || value is long)
            return new Json { Kind = JsonKind.Number, Text = Convert.ToString(value, CultureInfo.InvariantCulture) };
        if (value is DateTime)
            return Of(((DateTime)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (value is IEnumerable)
            return List(((IEnumerable)value).Cast<object>());
        throw new ArgumentException(value.GetType().Name);
    }

    public static Json List(IEnumerable<object> items)
    {
        Json list = new Json { Kind = JsonKind.List };
        foreach (object item in items)
            list.Items.Add(Of(item));
        return list;
    }

    public static Json Row(params object[] items)
    {
        return List(items);
    }

    /// <summary>An object of keys and values, one after the other.</summary>
    public static Json Object(params object[] pairs)
    {
        Json made = new Json { Kind = JsonKind.Object };
        for (int i = 0; i < pairs.Length; i += 2)
            made.Add((string)pairs[i], pairs[i + 1]);
        return made;
    }

    public void Add(string key, object value)
    {
        Keys.Add(key);
        Items.Add(Of(value));
    }

    // ---- Written -------------------------------------------------------------------------------------

    public string Write()
    {
        StringBuilder to = new StringBuilder();
        WriteTo(to);
        return to.ToString();
    }

    private void WriteTo(StringBuilder to)
    {
        switch (Kind)
        {
            case JsonKind.Null: to.Append("null"); break;
            case JsonKind.Flag: to.Append(Flag ? "true" : "false"); break;
            case JsonKind.Number: to.Append(Text); break;
            case JsonKind.Text: WriteText(to, Text); break;
            default: WriteMembers(to); break;
        }
    }

    private void WriteMembers(StringBuilder to)
    {
        bool named = Kind == JsonKind.Object;
        to.Append(named ? '{' : '[');
        for (int i = 0; i < Items.Count; i++)
        {
            if (i > 0)
                to.Append(',');
            if (named)
            {
                WriteText(to, Keys[i]);
                to.Append(':');
            }
            Items[i].WriteTo(to);
        }
        to.Append(named ? '}' : ']');
    }

    private static void WriteText(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (char c in text)
        {
            if (c == '"' || c == '\\')
                to.Append('\\').Append(c);
            else if (c < ' ')
                to.Append("\\u").Append(((int)c).ToString("x4"));
            else
                to.Append(c);
        }
        to.Append('"');
    }

    // ---- Compared ------------------------------------------------------------------------------------

    /// <summary>Whether another holds this: objects for the keys that this gives, lists of the same length.</summary>
    public bool IsCoveredBy(Json other)
    {
        if (Kind != other.Kind)
            return false;
        if (Kind == JsonKind.Object)
            return Keys.All(key => other.Has(key) && this[key].IsCoveredBy(other[key]));
        if (Kind == JsonKind.List)
            return Items.Count == other.Items.Count && !Items.Where((item, i) => !item.IsCoveredBy(other.Items[i])).Any();
        return Kind == JsonKind.Null || Kind == JsonKind.Flag && Flag == other.Flag || Kind == JsonKind.Text && Text == other.Text ||
            Kind == JsonKind.Number && Number(Text) == Number(other.Text);
    }

    public bool Same(Json other)
    {
        return IsCoveredBy(other) && other.IsCoveredBy(this);
    }

    private static decimal Number(string text)
    {
        return decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    // ---- Read ----------------------------------------------------------------------------------------

    public static Json Parse(string text)
    {
        int at = 0;
        Json read = ReadValue(text, ref at);
        SkipSpace(text, ref at);
        if (at != text.Length)
            throw new FormatException("more than one value, at " + at);
        return read;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && " \t\r\n".IndexOf(text[at]) >= 0)
            at++;
    }

    private static bool Took(string text, ref int at, char c)
    {
        SkipSpace(text, ref at);
        if (at >= text.Length || text[at] != c)
            return false;
        at++;
        return true;
    }

    private static void Take(string text, ref int at, char c)
    {
        if (!Took(text, ref at, c))
            throw new FormatException("no " + c + " at " + at);
    }

    private static Json ReadValue(string text, ref int at)
    {
        SkipSpace(text, ref at);
        int start = at;
        Json read = ReadKind(text, ref at);
        read.source = text;
        read.start = start;
        read.end = at;
        return read;
    }

    private static Json ReadKind(string text, ref int at)
    {
        switch (text[at])
        {
            case '{': return ReadMembers(text, ref at, JsonKind.Object, '}');
            case '[': return ReadMembers(text, ref at, JsonKind.List, ']');
            case '"': return new Json { Kind = JsonKind.Text, Text = ReadText(text, ref at) };
            case 't': at += 4; return new Json { Kind = JsonKind.Flag, Flag = true };
            case 'f': at += 5; return new Json { Kind = JsonKind.Flag };
            case 'n': at += 4; return new Json { Kind = JsonKind.Null };
        }
        int start = at;
        while (at < text.Length && "+-.eE0123456789".IndexOf(text[at]) >= 0)
            at++;
        if (at == start)
            throw new FormatException("no value at " + at);
        return new Json { Kind = JsonKind.Number, Text = text.Substring(start, at - start) };
    }

    private static Json ReadMembers(string text, ref int at, JsonKind kind, char close)
    {
        Json read = new Json { Kind = kind };
        at++;
        if (Took(text, ref at, close))
            return read;
        do
        {
            SkipSpace(text, ref at);
            if (kind == JsonKind.Object)
            {
                read.Keys.Add(ReadText(text, ref at));
                Take(text, ref at, ':');
            }
            read.Items.Add(ReadValue(text, ref at));
        } while (Took(text, ref at, ','));
        Take(text, ref at, close);
        return read;
    }

    private static string ReadText(string text, ref int at)
    {
        StringBuilder read = new StringBuilder();
        for (at++; text[at] != '"'; at++)
            read.Append(text[at] == '\\' ? ReadEscape(text, ref at) : text[at]);
        at++;
        return read.ToString();
    }

    private static char ReadEscape(string text, ref int at)
    {
        at++;
        int known = "\"\\/bfnrt".IndexOf(text[at]);
        if (known >= 0)
            return "\"\\/\b\f\n\r\t"[known];
        at += 4;
        return (char)int.Parse(text.Substring(at - 3, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
