namespace Chia.Protocol.Addresses;

/// <summary>From where an address can be reached: what the registries of special addresses say (RFC 6890 and its successors).</summary>
public enum AddressScope
{
    /// <summary>From everywhere.</summary>
    Public,

    /// <summary>A name: unknown before it is looked up; the addresses it leads to are judged then.</summary>
    Name,

    /// <summary>No address at all: <c>0.0.0.0</c>, <c>::</c>. A dial to it ends on the machine itself.</summary>
    Unspecified,

    /// <summary>The machine itself.</summary>
    Loopback,

    /// <summary>The same cable.</summary>
    LinkLocal,

    /// <summary>The same site: private, unique-local, the old site-local.</summary>
    Private,

    /// <summary>The same provider's customers.</summary>
    Shared,

    /// <summary>Texts only.</summary>
    Documentation,

    /// <summary>Laboratories only.</summary>
    Benchmarking,

    /// <summary>Many at once; nobody can be connected with TCP.</summary>
    Multicast,

    /// <summary>IPv6 that only leads through a translator to a public IPv4 address, which is the one to use.</summary>
    Translated,

    /// <summary>Nobody: reserved, discarded, identifiers that are no addresses, not yet handed out.</summary>
    Reserved,
}
