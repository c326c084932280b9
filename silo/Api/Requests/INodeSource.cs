namespace Chia.Silo.Api.Requests;

/// <summary>The nodes that an API answers for: one in a process of its own, many in a simulation.</summary>
internal interface INodeSource
{
    /// <summary>Names of all, whether they run or not; the first is the one that is meant if nobody says.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>A node by its name, or the one that is meant if nobody says; null if there is none of that name, or it does not
    /// run.</summary>
    ApiNode? Find(string? name);

    /// <summary>Ends everything.</summary>
    void Stop();
}

/// <summary>The one node of a process.</summary>
internal sealed class SingleNode(ApiNode node) : INodeSource
{
    public IReadOnlyList<string> Names { get; } = [node.Name];

    public ApiNode? Find(string? name) => name is null || name == node.Name ? node : null;

    public void Stop() => node.Stop();
}
