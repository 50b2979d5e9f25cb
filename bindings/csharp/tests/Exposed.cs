// Exposed.cs -- every name that bindings/exposed.txt gives for C# exists, and what exists stands there:
// "Pathway.Parse", "Record", "Record.this[]", "Words.Word".
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using Pfh;

public static class Exposed
{
    private const int Column = 2; // C function | python | csharp | java
    private const string Convenience = "+ csharp ";

    public static void Run(string file, string documentation)
    {
        Tap.Test("what exposed.txt gives for C# is there", () => Names(file));
        Tap.Test("what is there stands in exposed.txt", () => Listed(file));
        Tap.Test("what stands on C is not to be seen", Hidden);
        Tap.Test("what is documented is public, and what is public is documented", () => Documented(documentation));
    }

    private static void Names(string file)
    {
        string[] names = Given(file), missing = names.Where(name => !IsThere(name)).ToArray();
        Console.WriteLine("# {0} names", names.Length);
        Tap.That(names.Length > 50 && missing.Length == 0, "there: " + string.Join(", ", missing));
    }

    /// <summary>The names of the column of C#, and of its own conveniences: "+ csharp Name, Name: why".</summary>
    private static string[] Given(string file)
    {
        string[] lines = File.ReadAllLines(file).Where(line => !line.StartsWith("#")).ToArray();
        IEnumerable<string> rows = lines.Where(line => line.Contains("|")).Select(line => line.Split('|')[Column]);
        IEnumerable<string> own = lines.Where(line => line.StartsWith(Convenience))
            .Select(line => line.Substring(Convenience.Length).Split(':')[0]);
        return rows.Concat(own).SelectMany(names => names.Split(',')).Select(name => name.Trim())
            .Where(name => name != "-" && name.Length > 0).Distinct().ToArray();
    }

    private static bool IsThere(string name)
    {
        string[] parts = name.Split('.');
        Type type = typeof(Words).Assembly.GetType("Pfh." + parts[0]);
        if (type == null || !type.IsPublic)
            return false;
        return parts.Length == 1 || type.GetMember(parts[1] == "this[]" ? "Item" : parts[1]).Length > 0;
    }

    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static void Listed(string file)
    {
        string[] there = typeof(Words).Assembly.GetExportedTypes().Where(type => !IsGenerated(type))
            .SelectMany(Offered).Distinct().ToArray();
        string[] missing = there.Except(Given(file)).ToArray();
        Console.WriteLine("# {0} names", there.Length);
        foreach (string name in missing)
            Console.WriteLine("# " + name);
        Tap.That(there.Length > 100 && missing.Length == 0, "all are listed, " + missing.Length + " are not");
    }

    /// <summary>Enums, and values, which are read from a block: their shapes and lists stand for them.</summary>
    private static bool IsGenerated(Type type)
    {
        return type.IsEnum || type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(made => made.IsAssembly && made.GetParameters().Select(one => one.ParameterType.Name)
                .SequenceEqual(new[] { "Block" }));
    }

    // What every object, list and value of C# has.
    private static readonly string[] usual = { "Dispose", "GetEnumerator", "Equals", "GetHashCode", "ToString" };

    /// <summary>A class that can be made, and the methods and properties of any class.</summary>
    private static IEnumerable<string> Offered(Type type)
    {
        IEnumerable<string> members = type.GetMembers(Own).Where(member => member is PropertyInfo || member is MethodInfo)
            .Where(member => !((member as MethodInfo)?.IsSpecialName ?? false) && !usual.Contains(member.Name))
            .Select(member => type.Name + "." + (member.Name == "Item" ? "this[]" : member.Name));
        return type.GetConstructors().Select(made => type.Name).Concat(members);
    }

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
