// Exposed.cs -- every name that bindings/exposed.txt gives for C# exists: "Pathway.Parse", "new Record", "Words.Word".
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Pfh;

public static class Exposed
{
    private const int Column = 2; // C function | python | csharp | java

    public static void Run(string file, string documentation)
    {
        Tap.Test("what exposed.txt gives for C# is there", () => Names(file));
        Tap.Test("what stands on C is not to be seen", Hidden);
        Tap.Test("what is documented is public, and what is public is documented", () => Documented(documentation));
    }

    private static void Names(string file)
    {
        int count = 0;
        string[] missing = File.ReadAllLines(file).Where(line => line.Contains("|") && !line.StartsWith("#"))
            .Select(line => line.Split('|')[Column].Trim()).Where(name => name.Length > 0 && !name.StartsWith("-"))
            .SelectMany(names => names.Split(','))
            .Select(name => name.Trim()).Where(name => ++count > 0 && !IsThere(name)).Distinct().ToArray();
        Console.WriteLine("# {0} names", count);
        foreach (string line in File.ReadAllLines(file).Where(line => line.StartsWith("+ csharp ")))
            Tap.That(IsThere(line.Split(' ')[2].TrimEnd(':')), line);
        Tap.That(count > 50 && missing.Length == 0, "there: " + string.Join(", ", missing));
    }

    private static bool IsThere(string name)
    {
        string[] parts = name.Replace("new ", "").Replace("()", "").Split('.');
        Type type = typeof(Words).Assembly.GetType("Pfh." + parts[0]);
        if (type == null || !type.IsPublic)
            return false;
        if (name.StartsWith("new "))
            return type.GetConstructors().Length > 0;
        return parts.Length == 1 || parts[1] == "this[]" && type.GetProperty("Item") != null || type.GetMember(parts[1]).Length > 0;
    }

    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>By "Type" and "Type.Member", whatever the parameters are.</summary>
    private static void Documented(string file)
    {
        string[] written = XDocument.Load(file).Descendants("member").Select(member => member.Attribute("name").Value)
            .Select(name => name.Substring("T:Pfh.".Length).Split('(')[0].Split('~')[0]).Distinct().ToArray();
        string[] there = typeof(Words).Assembly.GetExportedTypes().SelectMany(type => type.GetMembers(Own)
            .Where(member => !IsImplied(member)).Select(member => type.Name + "." + member.Name.Replace('.', '#'))
            .Concat(new[] { type.Name })).Distinct().ToArray();
        Tap.That(there.Length > 200 && !written.Except(there).Any(), "public: " + string.Join(", ", written.Except(there)));
        Tap.That(!there.Except(written).Any(), "documented: " + string.Join(", ", there.Except(written)));
    }

    /// <summary>What the compiler makes: accessors, and the field behind an enum.</summary>
    private static bool IsImplied(MemberInfo member)
    {
        MethodInfo method = member as MethodInfo;
        return method != null && method.IsSpecialName && !method.Name.StartsWith("op_") || member.Name == "value__";
    }

    private static void Hidden()
    {
        foreach (Type type in typeof(Words).Assembly.GetExportedTypes())
            foreach (MemberInfo member in type.GetMembers(Own))
                Tap.That(!member.ToString().Contains("IntPtr") && !member.ToString().Contains("SafeHandle"),
                    type.Name + "." + member.Name + " has no pointers");
    }
}
