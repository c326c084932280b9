namespace Chia.Testing;

/// <summary>A folder of its own, deleted with all that is in it when the test is over.</summary>
public sealed class TempFolder : IDisposable
{
    /// <summary>The folder itself.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("chia-test-").FullName;

    /// <summary>The file that a block store has in such a folder.</summary>
    public string Database => File("chain.db");

    /// <summary>The path of a file within, which need not be there.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A folder of that name within, made if it is not there.</summary>
    public string Sub(string name) => Directory.CreateDirectory(File(name)).FullName;

    /// <summary>Copies the files of a folder, whose node must not run, to a folder within.</summary>
    public string CopyOf(string folder, string name)
    {
        var copy = Sub(name);
        foreach (var file in Directory.GetFiles(folder))
            System.IO.File.Copy(file, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
