// Main.cs -- tests.exe NAME [ARGUMENTS]: runs the tests of a name, see test.sh.
using System;
using System.IO;
using System.Text;
using Pfh;

public static class Program
{
    public static int Main(string[] arguments)
    {
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true });
        switch (arguments[0])
        {
            case "story": Story.Run(arguments[1], arguments[2]); break;
            case "vectors": Vectors.Run(arguments[1]); break;
            case "closing": Closing.Run(); break;
            case "arguments": Arguments.Run(); break;
            case "rows": Rows.Run(); break;
            case "batches": Batches.Run(); break;
            case "memory": Memory.Run(); break;
            case "threads": Threads.Run(); break;
            case "exposed": Exposed.Run(arguments[1], arguments[2]); break;
            case "refused": Tap.Test("libraries of " + arguments[1] + " are refused, each time", () => Refused(arguments[1])); break;
            case "alone": Tap.Test("without the native libraries it is said where they were looked for, each time", Alone); break;
            default: Console.Error.WriteLine("no tests of that name: " + arguments[0]); return 2;
        }
        return Tap.End();
    }

    /// <summary>Run with the assembly, and nothing else, beside it.</summary>
    private static void Alone()
    {
        string folder = Path.GetDirectoryName(typeof(Words).Assembly.Location);
        for (int i = 0; i < 2; i++)
        {
            string message = Tap.Throws<DllNotFoundException>(() => Pathway.Parse("{}")).Message;
            Console.WriteLine("# " + message);
            Tap.That(message.Contains("libpfh_csharp") && message.Contains(folder) && message.Contains("Libpfh.dll"), message);
            Tap.Throws<DllNotFoundException>(() => new Worklist());
        }
    }

    /// <summary>Run beside an assembly of another version, or with another pfh_version_number() before the library's.</summary>
    private static void Refused(string found)
    {
        for (int i = 0; i < 2; i++)
        {
            string message = Tap.Throws<DllNotFoundException>(() => Pathway.Parse("{}")).Message;
            Console.WriteLine("# " + message);
            Tap.That(message.Contains(" " + found + " was found"), message);
            Tap.That(found != Libpfh.BindingVersion && message.Contains(" " + Libpfh.BindingVersion + ":"), message);
            Tap.Throws<DllNotFoundException>(() => new Worklist());
            Tap.Throws<DllNotFoundException>(() => Libpfh.IsHprNumber("1"));
        }
    }
}
