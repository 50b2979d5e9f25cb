#nullable enable
using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;

namespace Pfh
{
    // Plans many pathways, so many in one call that its price is shared.
    internal sealed class Many
    {
        // Measured: the plans of so many are still in the processor's cache when they are read; those of 256 are not.
        private const int BatchSize = 16;

        private readonly IReference? policy;
        private readonly int asOf, form;
        private readonly string? knownAt, edition;
        private readonly Action<int, PfhException>? onError;

        internal Many(int asOf, Policy? policy, string? knownAt, string? edition, int form,
            Action<int, PfhException>? onError)
        {
            this.asOf = asOf;
            this.policy = policy?.Self;
            this.knownAt = knownAt;
            this.edition = edition;
            this.form = form;
            this.onError = onError;
        }

        // What became of each pathway, but for those that failed and were told of.
        internal IEnumerable<Planned> Plan(IEnumerable<Pathway> pathways)
        {
            int before = 0; // pathways of earlier batches; not a field: all may be gone through again
            List<IReference> batch = new List<IReference>(BatchSize);
            using (IEnumerator<Pathway> given = pathways.GetEnumerator())
                do
                {
                    batch.Clear();
                    ExceptionDispatchInfo? stopped = Fill(batch, given, before);
                    foreach (Planned planned in Finished(batch, before))
                        yield return planned;
                    before += batch.Count;
                    stopped?.Throw();
                }
                while (batch.Count == BatchSize);
        }

        // Takes the next pathways.  What stops that is kept until those before it have been planned.
        private ExceptionDispatchInfo? Fill(List<IReference> batch, IEnumerator<Pathway> given, int before)
        {
            try
            {
                while (batch.Count < BatchSize && given.MoveNext())
                    batch.Add(Open(given.Current?.Self ?? throw NoneAt(before + batch.Count)));
                return null;
            }
            catch (Exception stopped)
            {
                return ExceptionDispatchInfo.Capture(stopped);
            }
        }

        private static IReference Open(IReference pathway)
        {
            pathway.Owner.CheckOpen();
            return pathway;
        }

        private static ArgumentException NoneAt(int place) =>
            new ArgumentException($"the pathway at place {place} (from 0) is null", "pathways");

        private IEnumerable<Planned> Finished(List<IReference> batch, int before)
        {
            IntPtr block = Native.plan_many(batch.ToArray(), policy, asOf, knownAt, edition, form);
            IReadOnlyList<Planned> made = Block.List(block, row => new Planned(row));
            int next = 0;
            try
            {
                while (next < made.Count)
                {
                    Planned planned = made[next++];
                    if (planned.Error == null)
                        yield return planned;
                    else
                        Tell(before + next - 1, new PfhException(planned.Error));
                }
            }
            finally
            {
                for (; next < made.Count; next++)
                    made[next].Plan?.Dispose(); // nobody asked for the rest
            }
        }

        private void Tell(int index, PfhException error)
        {
            if (onError == null)
                throw error;
            onError(index, error);
        }
    }
}
