namespace Chia.Grains.Peers;

/// <summary>The address book as it is kept across restarts.</summary>
[GenerateSerializer, Alias("chia.StoredAddressBook")]
public sealed class StoredAddressBook
{
    /// <summary>All entries.</summary>
    [Id(0)]
    public List<KnownPeer> Peers { get; set; } = [];
}
