#nullable enable
using System;
using System.Collections.Generic;
using System.Linq;

namespace Pfh
{
    /// <summary>An edition of the national rules.  Editions never change.</summary>
    public sealed class Edition : IEquatable<Edition>
    {
        private readonly EditionRow row;

        private Edition(Block from)
        {
            row = new EditionRow(from);
        }

        /// <summary>Every edition, the newest first.</summary>
        public static IReadOnlyList<Edition> All => Block.List(Native.edition_all(), row => new Edition(row));

        /// <summary>The edition of a name.</summary>
        /// <exception cref="PfhException">There is no edition of that name.</exception>
        public static Edition Find(string name) => Block.First(Native.edition_find(name), row => new Edition(row))!;

        /// <summary>What documents say: "hdir-2022".</summary>
        public string Name => row.Name;

        /// <summary>The title of the source, in its own language.</summary>
        public string Title => row.Title;

        /// <summary>Who published it and when.</summary>
        public string Source => row.Source;

        /// <summary>Diagnoses before this date are not included.</summary>
        public DateTime Effective => row.Effective;

        /// <summary>Whether it is a consultation draft.</summary>
        public bool Draft => row.Draft;

        /// <summary>Whose points stand for this one's.</summary>
        public string MapsEdition => row.MapsEdition;

        /// <summary>Where that mapping comes from.</summary>
        public string MapsSource => row.MapsSource;

        /// <summary>The points (samhandlingspunkter), the first of them number 1.</summary>
        public IReadOnlyList<PointRule> Points => Block.List(Native.edition_points(Name), from => new PointRule(from));

        /// <summary>The topics of the needs assessment, in the guideline's order.</summary>
        public IReadOnlyList<Topic> Topics => Block.List(Native.edition_topics(Name), from => new Topic(from));

        /// <summary>The activities at a point, or at all of them.</summary>
        public IReadOnlyList<Activity> Activities(int? point = null) =>
            Block.List(Native.edition_activities(Name), from => new Activity(from))
                .Where(activity => point == null || activity.Point == point).ToList().AsReadOnly();

        /// <summary>Whether a topic's code belongs to it; local codes (<c>x_</c>) belong to every one.</summary>
        public bool HasTopic(string code) => Native.edition_has_topic(Name, code) != 0;

        /// <summary>Whether the other is the same edition.</summary>
        public bool Equals(Edition? other) => (object?)other != null && Name == other.Name;

        /// <inheritdoc/>
        public override bool Equals(object? other) => Equals(other as Edition);

        /// <inheritdoc/>
        public override int GetHashCode() => Name.GetHashCode();

        /// <summary>Whether the two are the same edition.</summary>
        public static bool operator ==(Edition? left, Edition? right) => Equals(left, right);

        /// <summary>Whether the two are not the same edition.</summary>
        public static bool operator !=(Edition? left, Edition? right) => !Equals(left, right);

        /// <summary>Its name, so that an edition may be given where the name of one is taken; null stays null.</summary>
        public static implicit operator string(Edition edition) => edition?.Name!;

        /// <summary>Its name.</summary>
        public override string ToString() => Name;
    }
}
