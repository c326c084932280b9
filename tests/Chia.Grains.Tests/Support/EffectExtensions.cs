using Chia.GrainInterfaces.Peers;
using Chia.Grains.Effects;

namespace Chia.Grains.Tests.Support;

/// <summary>What a role wants done, looked at.</summary>
internal static class EffectExtensions
{
    extension(List<RoleEffect> effects)
    {
        /// <summary>Messages for single connections, in order.</summary>
        public List<RoleEffect.Send> Messages => [.. effects.OfType<RoleEffect.Send>()];

        /// <summary>The only blame; null if nobody did wrong.</summary>
        public Blame? Blame => effects.OfType<RoleEffect.Penalise>().SingleOrDefault()?.Blame;
    }
}
