namespace Chia.Gateway.Connections;

/// <summary>What the beginning of a frame says about the rest of it.</summary>
internal enum FrameOutlook
{
    /// <summary>There is no frame, or not even its length.</summary>
    None,

    /// <summary>The length is there, the name is not: nothing is decided, and nothing is kept for it.</summary>
    Unnamed,

    /// <summary>The peer may send it.</summary>
    Allowed,

    /// <summary>No message of that name and length may come from this peer now.</summary>
    Forbidden,
}
