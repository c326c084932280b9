namespace Chia.Embedded.Engine;

/// <summary>Where the calls of a reference go.</summary>
internal interface ICallAddress
{
    EmbeddedEngine Engine { get; }

    /// <summary>The key as text; integers in upper-case hexadecimal.</summary>
    string Key { get; }

    /// <summary>Queues a request at whoever serves the address now.</summary>
    void Post(Request request);
}
