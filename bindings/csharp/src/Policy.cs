#nullable enable
using System;

namespace Pfh
{
    /// <summary>Local practice: days, thresholds, who does what.  Where one is taken, null stands for the
    /// defaults.</summary>
    public sealed class Policy : IDisposable
    {
        internal IReference Self { get; }

        private Policy(Handle handle)
        {
            Self = handle;
        }

        /// <summary>Makes a policy from a record of <see cref="RecordKind.Policy"/>.</summary>
        public Policy(Record record) : this(Native.policy_build(Given.Self(record, nameof(record))))
        {
        }

        /// <summary>Reads a <c>pfh-policy/1</c> document.</summary>
        public static Policy Parse(string text) => new Policy(Native.policy_parse(Utf8.Document(text)));

        /// <summary>Reads a <c>pfh-policy/1</c> document in UTF-8.</summary>
        public static Policy Parse(byte[] text) => new Policy(Native.policy_parse(Utf8.Document(text)));

        /// <summary>Writes the policy as <c>pfh-policy/1</c>, without the keys that were left out.</summary>
        public string ToJson() => Native.policy_to_json(Self);

        /// <summary>The keys as they were given, to be read.</summary>
        public Record Record => Record.In(Self, Native.policy_record(Self))!;

        /// <summary>The number of a key such as "no_answer_days", as given or by default.</summary>
        /// <exception cref="PfhException">A policy has no number of that name.</exception>
        public int Number(string key) => Native.policy_number(Self, key);

        /// <summary>Frees the policy.</summary>
        public void Dispose() => Self.Owner.Dispose();
    }
}
