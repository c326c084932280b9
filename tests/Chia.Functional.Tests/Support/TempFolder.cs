namespace Chia.Functional.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chia-functional-").FullName;

    /// <summary>A folder of that name within, made if it is not there.</summary>
    public string Sub(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Copies a node's folder, whose node must not run.</summary>
    public string CopyOf(string folder, string name)
    {
        var copy = Sub(name);
        foreach (var file in Directory.GetFiles(folder))
            System.IO.File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
