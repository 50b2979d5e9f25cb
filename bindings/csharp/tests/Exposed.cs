// Exposed.cs -- every name that bindings/exposed.txt gives for C# exists: "Pathway.Parse", "new Record", "Words.Word".
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Pfh;

public static class Exposed
{
    private const int Column = 2; // C function | python | csharp | java

    public static void Run(string file)
    {
        Tap.Test("what exposed.txt gives for C# is there", () => Names(file));
        Tap.Test("what stands on C is not to be seen", Hidden);
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

    private static void Hidden()
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (Type type in typeof(Words).Assembly.GetExportedTypes())
            foreach (MemberInfo member in type.GetMembers(own))
                Tap.That(!member.ToString().Contains("IntPtr") && !member.ToString().Contains("SafeHandle"),
                    type.Name + "." + member.Name + " has no pointers");
    }
}
