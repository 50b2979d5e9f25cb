#nullable enable
using System;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>Plans many pathways, so many in one call that its price is shared.</summary>
    internal sealed class Many
    {
        private const int BatchSize = 256;

        private readonly IReference? policy;
        private readonly int asOf, form;
        private readonly string? knownAt, edition;
        private readonly Action<int, PfhException>? onError;
        private int count; // how many pathways were planned before this batch

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

        /// <summary>What became of each pathway, but for those that failed and were told of.</summary>
        internal IEnumerable<Planned> Plan(IEnumerable<Pathway> pathways)
        {
            List<IReference> batch = new List<IReference>(BatchSize);
            foreach (Pathway pathway in pathways)
            {
                batch.Add(Given.Self(pathway, nameof(pathways)));
                if (batch.Count < BatchSize)
                    continue;
                foreach (Planned planned in Finished(batch))
                    yield return planned;
                batch.Clear();
            }
            foreach (Planned planned in Finished(batch))
                yield return planned;
        }

        private IEnumerable<Planned> Finished(List<IReference> batch)
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
                        Tell(count + next - 1, new PfhException(planned.Error));
                }
            }
            finally
            {
                for (; next < made.Count; next++)
                    made[next].Plan?.Dispose(); // nobody asked for the rest
            }
            count += batch.Count;
        }

        private void Tell(int index, PfhException error)
        {
            if (onError == null)
                throw error;
            onError(index, error);
        }
    }
}
