using System.Collections.Immutable;
using System.Net;
using Chia.Grains.Placement;
using Chia.Grains.Validation;
using Chia.Testing;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Chia.Grains.Tests.Support;

/// <summary>Silos that are nothing but an address and what they tell of themselves, seen from the first of them.</summary>
internal sealed class TestSilos(Dictionary<SiloAddress, Dictionary<string, string>> told)
{
    /// <summary>Silos that the membership has as active, beside the first.</summary>
    public List<SiloAddress> Active { get; } = [.. told.Keys.Skip(1)];

    /// <summary>The address of one.</summary>
    public static SiloAddress Silo(int port) => SiloAddress.New(IPAddress.Loopback, port, 1);

    /// <summary>What is known of their roles.</summary>
    public SiloRoles Roles() =>
        new(new OwnRoles(told.First().Value), Fake.Of<ILocalSiloDetails>(_ => told.First().Key), new Metadata(told));

    /// <summary>What the first has open with the validators among them.</summary>
    public ValidatorLoad Load() => new(
        Fake.Of<ISiloStatusOracle>(method => method == "get_SiloAddress"
            ? told.First().Key
            : Active.ToDictionary(silo => silo, _ => SiloStatus.Active)),
        Roles());

    private sealed class Metadata(Dictionary<SiloAddress, Dictionary<string, string>> told) : ISiloMetadataCache
    {
        public SiloMetadata GetSiloMetadata(SiloAddress siloAddress)
        {
            // Only Orleans makes one that is not empty.
            var metadata = new SiloMetadata();
            typeof(SiloMetadata).GetProperty(nameof(SiloMetadata.Metadata))!
                .SetValue(metadata, (told.GetValueOrDefault(siloAddress) ?? []).ToImmutableDictionary());
            return metadata;
        }
    }
}
