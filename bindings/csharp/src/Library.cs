// Library.cs -- finds the native libraries, and refuses those that this assembly was not built for.
#nullable enable
using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pfh
{
    // What the glue offers beside the calls of calls.h.
    internal static class Glue
    {
        private const string Name = "libpfh_csharp";

        [DllImport(Name, EntryPoint = "pfhb_csharp_version")]
        internal static extern int Version();
        [DllImport(Name, EntryPoint = "pfhb_csharp_failed")]
        internal static extern int Failed();
        [DllImport(Name, EntryPoint = "pfhb_csharp_failure_room")]
        internal static extern int FailureRoom();
        [DllImport(Name, EntryPoint = "pfhb_csharp_take_failure")]
        internal static extern void TakeFailure(byte[] room);
        [DllImport(Name, EntryPoint = "pfhb_csharp_release")]
        internal static extern void Release(IntPtr block);

        [DllImport(Name, EntryPoint = "pfhb_csharp_free_caseload")]
        internal static extern void FreeCaseload(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_diff")]
        internal static extern void FreeDiff(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_feed")]
        internal static extern void FreeFeed(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_ical_options")]
        internal static extern void FreeIcalOptions(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_merge_options")]
        internal static extern void FreeMergeOptions(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_needs")]
        internal static extern void FreeNeeds(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_pathway")]
        internal static extern void FreePathway(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_plan")]
        internal static extern void FreePlan(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_policy")]
        internal static extern void FreePolicy(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_proposals")]
        internal static extern void FreeProposals(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_record")]
        internal static extern void FreeRecord(IntPtr made);
        [DllImport(Name, EntryPoint = "pfhb_csharp_free_worklist")]
        internal static extern void FreeWorklist(IntPtr made);
    }

    // Every call begins with Check(): no static constructor, whose exception would come wrapped, and once.
    internal static class Library
    {
        private static volatile bool ready;

        internal static void Check()
        {
            if (!ready)
                Load();
        }

        private static void Load()
        {
            Preload();
            int glue, number;
            try
            {
                Ask(out glue, out number);
            }
            catch (DllNotFoundException missing)
            {
                throw new DllNotFoundException(Nowhere(), missing);
            }
            Compare(glue, number);
            ready = true;
        }

        // By itself: .NET looks for the library when it comes here, and Mono when it compiles this.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Ask(out int glue, out int number)
        {
            glue = Glue.Version();
            number = NativePINVOKE.version_number();
        }

        // The glue is made for this very assembly.  The library may be a later one; of an older one the structs may
        // be shorter than the glue takes them to be.
        private static void Compare(int glue, int number)
        {
            const int major = 1000000;
            if (Written(glue) != Built.Version)
                throw new DllNotFoundException($"the glue libpfh_csharp {Written(glue)} was found, and this is " +
                    $"Libpfh.dll {Built.Version}: take the two from one release");
            if (number / major != glue / major || number < glue)
                throw new DllNotFoundException($"libpfh {Written(number)} was found, and this is the binding of " +
                    $"libpfh {Built.Version}: it needs that or a later {glue / major}.x, so take the two from one release");
        }

        private static string Written(int number) => $"{number / 1000000}.{number / 1000 % 1000}.{number % 1000}";

        // ---- Under runtimes/<rid>/native, where a package has been unpacked ------------------------------

        [DllImport("libdl.so.2", EntryPoint = "dlopen")]
        private static extern IntPtr OpenOnLinux(byte[] path, int flags);
        [DllImport("libSystem.dylib", EntryPoint = "dlopen")]
        private static extern IntPtr OpenOnMac(byte[] path, int flags);
        [DllImport("kernel32", EntryPoint = "LoadLibraryW", CharSet = CharSet.Unicode)]
        private static extern IntPtr OpenOnWindows(string path);

        // Opens the glue where the runtime would not look: once it is open, it is found by its name.
        // (Not by Mono, which looks for it before: there it lies beside the assembly.)
        private static void Preload()
        {
            string folder = Folder, path = Path.Combine(folder, Packaged, File);
            if (folder.Length == 0 || System.IO.File.Exists(Path.Combine(folder, File)) || !System.IO.File.Exists(path))
                return;
            try
            {
                Open(path);
            }
            catch (DllNotFoundException)
            {
                // No such call here: the runtime's own search says what it does not find.
            }
        }

        private static void Open(string path)
        {
            const int now = 2; // RTLD_NOW
            if (Windows)
                OpenOnWindows(path);
            else if (Mac)
                OpenOnMac(Utf8.Terminated(path), now);
            else
                OpenOnLinux(Utf8.Terminated(path), now);
        }

        private static string Machine() => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

        // ---- Where it is looked for ----------------------------------------------------------------------

        private static bool Windows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        private static bool Mac => RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
        private static bool Mono => Type.GetType("Mono.Runtime") != null;

        private static string File => "libpfh_csharp" + (Windows ? ".dll" : Mac ? ".dylib" : ".so");

        private static string Packaged =>
            Path.Combine("runtimes", (Windows ? "win" : Mac ? "osx" : "linux") + "-" + Machine(), "native");

        // Of the assembly; empty where it lies in no file.
        private static string Folder => Path.GetDirectoryName(typeof(Library).Assembly.Location) ?? "";

        private static string Nowhere() =>
            $"{File}, or something that it needs, was not found beside Libpfh.dll in \"{Folder}\", " +
            (Mono ? "" : $"in \"{Packaged}\" there, ") + "and where the system looks for libraries; " +
            "have all native libraries that are built with Libpfh.dll, or come in its package, beside it";
    }
}
