#nullable enable
using System;
using System.Collections.Generic;

namespace Pfh
{
    /// <summary>The needs assessment (behovskartlegging) of a pathway through time, as of a day.</summary>
    public sealed class Needs : IDisposable
    {
        private IReadOnlyList<TopicNeed>? topics;
        private IReadOnlyList<Assessment>? assessments;

        internal IReference Self { get; }

        internal Needs(Handle handle)
        {
            Self = handle;
        }

        /// <summary>The plan of the same day and terms; it is closed with the needs.</summary>
        public Plan Plan => new Plan(Self, Native.needs_plan(Self));

        /// <summary>The topics of the edition, the policy's own, and any other that was assessed.</summary>
        public IReadOnlyList<TopicNeed> Topics
        {
            get
            {
                Self.Owner.CheckOpen();
                return topics ?? (topics = Block.List(Native.needs_topics(Self), row => new TopicNeed(row)));
            }
        }

        /// <summary>The topic of a code; null where there is none.</summary>
        public TopicNeed? Find(string topic) => Block.First(Native.needs_find(Self, topic), row => new TopicNeed(row));

        /// <summary>The assessments that were carried out, the first of them first.</summary>
        public IReadOnlyList<Assessment> Assessments
        {
            get
            {
                Self.Owner.CheckOpen();
                return assessments ??
                    (assessments = Block.List(Native.needs_assessments(Self), row => new Assessment(row)));
            }
        }

        /// <summary>Writes the needs as <c>pfh-needs/1</c>, with notes and private topics: as confidential as the
        /// pathway.</summary>
        public string ToJson() => Native.needs_to_json(Self);

        /// <summary>Writes the needs for people to read, without anything private.</summary>
        /// <param name="audience">who is to read it; a patient gets no notes and is spoken to</param>
        /// <param name="language">of the text</param>
        /// <param name="maxCharacters">the longest it may be, in Unicode code points;
        /// <see cref="Libpfh.NeedsTextMin"/> is always enough</param>
        public string ToText(Audience audience, Language language, int maxCharacters) =>
            Native.needs_to_text(Self, (int)audience, (int)language, maxCharacters);

        /// <summary>Frees the needs.</summary>
        public void Dispose() => Self.Owner.Dispose();
    }
}
