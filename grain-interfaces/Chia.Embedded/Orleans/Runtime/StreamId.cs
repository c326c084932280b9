namespace Orleans.Runtime;

/// <summary>The name of a stream: a namespace and a key.</summary>
public readonly struct StreamId : IEquatable<StreamId>
{
    private readonly string? _namespace;
    private readonly string _key;

    private StreamId(string? ns, string key)
    {
        _namespace = ns;
        _key = key;
    }

    /// <summary>Compares two names.</summary>
    /// <param name="s1">One.</param>
    /// <param name="s2">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    /// <summary>Compares two names.</summary>
    /// <param name="s1">One.</param>
    /// <param name="s2">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);

    /// <summary>Names a stream.</summary>
    /// <param name="ns">The namespace; null for none.</param>
    /// <param name="key">The key.</param>
    /// <returns>The name.</returns>
    public static StreamId Create(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new StreamId(string.IsNullOrEmpty(ns) ? null : ns, key);
    }

    /// <summary>The key.</summary>
    /// <returns>The key.</returns>
    public string GetKeyAsString() => _key ?? string.Empty;

    /// <summary>The namespace.</summary>
    /// <returns>The namespace; null for none.</returns>
    public string? GetNamespace() => _namespace;

    /// <inheritdoc/>
    public bool Equals(StreamId other) =>
        string.Equals(_namespace, other._namespace, StringComparison.Ordinal)
        && string.Equals(_key, other._key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_namespace, _key);

    /// <inheritdoc/>
    public override string ToString() => $"{_namespace ?? "null"}/{_key}";
}
