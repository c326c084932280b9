namespace Chia.Protocol.Framing;

/// <summary>What the start of a stream holds.</summary>
public enum FrameResult
{
    /// <summary>A part of a frame, or nothing: read more.</summary>
    NeedMore,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame that announces more than the limit. The stream cannot be read on: close it.</summary>
    TooLong,

    /// <summary>A frame of length zero, which cannot hold a message (PROTOCOL.md 1). Close the stream.</summary>
    Empty,
}
