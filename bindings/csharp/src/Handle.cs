// Handle.cs -- objects of the library: who frees them, and who uses them now.
//
// An owned object is a Handle, freed once: by Dispose(), or by the collector.  A borrowed one is a Child: it holds the
// owner, is used through it, and is closed with it.  Each call holds what it uses by a Use, so that an object that is
// disposed of by another thread meanwhile is freed when the call leaves, not before.
//
// A call that changes an object has it alone; others share it.  The library leaves that to its callers; here the one
// that comes second gets an exception, where a program would else have a data race.
#nullable enable
using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Pfh
{
    // A kind of object: what it is called, how it is freed, and roughly what it weighs.
    internal sealed class Kind
    {
        internal static readonly Kind
            Caseload = new Kind("Caseload", Glue.FreeCaseload, 4096),
            Diff = new Kind("Diff", Glue.FreeDiff, 1024),
            Feed = new Kind("Feed", Glue.FreeFeed, 4096),
            IcalOptions = new Kind("IcalOptions", Glue.FreeIcalOptions, 1024),
            MergeOptions = new Kind("MergeOptions", Glue.FreeMergeOptions, 256),
            Needs = new Kind("Needs", Glue.FreeNeeds, 8192),
            Pathway = new Kind("Pathway", Glue.FreePathway, 8192),
            Plan = new Kind("Plan", Glue.FreePlan, 8192),
            Policy = new Kind("Policy", Glue.FreePolicy, 2048),
            Proposals = new Kind("Proposals", Glue.FreeProposals, 2048),
            Record = new Kind("Record", Glue.FreeRecord, 1024),
            Worklist = new Kind("Worklist", Glue.FreeWorklist, 4096);

        internal readonly string Name;
        internal readonly Action<IntPtr> Free;
        internal readonly long Weight;

        private Kind(string name, Action<IntPtr> free, long weight)
        {
            Name = name;
            Free = free;
            Weight = weight;
        }
    }

    // A pointer, and the handle that it lives by.
    internal interface IReference
    {
        Handle Owner { get; }
        IntPtr Pointer { get; }
    }

    internal sealed class Handle : SafeHandle, IReference
    {
        private const int Alone = -1;

        private readonly Kind kind;
        private int users; // how many share it now, or Alone
        private int holder; // the thread that has it alone

        internal Handle(Kind kind, IntPtr made) : base(IntPtr.Zero, true)
        {
            this.kind = kind;
            SetHandle(made);
            if (made != IntPtr.Zero)
                GC.AddMemoryPressure(kind.Weight); // the collector sees how small the proxy is, not what it holds
        }

        public override bool IsInvalid => handle == IntPtr.Zero;
        Handle IReference.Owner => this;
        IntPtr IReference.Pointer => handle;

        protected override bool ReleaseHandle()
        {
            kind.Free(handle);
            GC.RemoveMemoryPressure(kind.Weight);
            return true;
        }

        internal void CheckOpen()
        {
            if (IsClosed)
                throw new ObjectDisposedException("Pfh." + kind.Name);
        }

        // Keeps it from being freed, for this thread to use it; how that ends is for Leave().
        internal Hold Enter(bool alone)
        {
            bool kept = false;
            try
            {
                DangerousAddRef(ref kept);
            }
            catch (ObjectDisposedException)
            {
                throw new ObjectDisposedException("Pfh." + kind.Name);
            }
            Hold hold = alone ? TakeAlone() : Share();
            if (hold != Hold.None)
                return hold;
            DangerousRelease();
            throw new InvalidOperationException($"this {kind.Name} is in use by another thread");
        }

        internal void Leave(Hold hold)
        {
            if (hold == Hold.Alone)
            {
                holder = 0;
                Volatile.Write(ref users, 0);
            }
            else if (hold == Hold.Shared)
            {
                Interlocked.Decrement(ref users);
            }
            DangerousRelease();
        }

        private Hold TakeAlone()
        {
            if (Interlocked.CompareExchange(ref users, Alone, 0) != 0)
                return Hold.None;
            holder = Thread.CurrentThread.ManagedThreadId;
            return Hold.Alone;
        }

        private Hold Share()
        {
            for (;;)
            {
                int now = Volatile.Read(ref users);
                if (now == Alone) // one call may change a pathway and read a record of it
                    return holder == Thread.CurrentThread.ManagedThreadId ? Hold.Within : Hold.None;
                if (Interlocked.CompareExchange(ref users, now + 1, now) == now)
                    return Hold.Shared;
            }
        }
    }

    // How a thread holds a handle: not at all, with others, alone, or within a call that has it alone.
    internal enum Hold { None, Shared, Alone, Within }

    // Something that lives in an object, as a record in a pathway.
    internal sealed class Child : IReference
    {
        public Handle Owner { get; }
        public IntPtr Pointer { get; }

        internal Child(IReference parent, IntPtr pointer)
        {
            Owner = parent.Owner;
            Pointer = pointer;
        }
    }

    // The use of an object by one call; of none, where there is none.
    internal struct Use : IDisposable
    {
        private readonly Handle? owner;
        private readonly Hold hold;
        internal readonly IntPtr Pointer;

        private Use(IReference? used, bool alone)
        {
            owner = used?.Owner;
            hold = owner == null ? Hold.None : owner.Enter(alone);
            Pointer = used == null ? IntPtr.Zero : used.Pointer;
        }

        internal static Use Alone(IReference? used) => new Use(used, true);
        internal static Use Shared(IReference? used) => new Use(used, false);

        public void Dispose() => owner?.Leave(hold);
    }

    // The use of many objects by one call: their number, then their pointers.
    internal sealed class Uses : IDisposable
    {
        private readonly Use[] uses;
        private int count;
        internal readonly IntPtr[] Pointers;

        internal Uses(IReference[] used)
        {
            uses = new Use[used.Length];
            Pointers = new IntPtr[used.Length + 1];
            Pointers[0] = new IntPtr(used.Length);
            try
            {
                for (; count < used.Length; count++)
                {
                    uses[count] = Use.Shared(used[count]);
                    Pointers[count + 1] = uses[count].Pointer;
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            while (count > 0)
                uses[--count].Dispose();
        }
    }
}
