using System.Collections.Concurrent;
using Chia.Storage.Errors;
using Microsoft.Data.Sqlite;

namespace Chia.Storage.Sqlite;

/// <summary>
/// At most so many sessions, opened when first needed, each lent to one caller at a time. Work runs on the thread pool:
/// SQLite blocks its thread, and callers may be on a grain's turn.
/// </summary>
internal sealed class SessionPool : IAsyncDisposable
{
    private readonly string _location;
    private readonly Func<SqliteSession> _open;
    private readonly SemaphoreSlim _free;
    private readonly int _size;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    internal SessionPool(string location, int size, Func<SqliteSession> open)
    {
        _location = location;
        _open = open;
        _size = size;
        _free = new SemaphoreSlim(size, size);
    }

    /// <summary>Runs the work with a session; SQLite's errors come out as store errors. Cancels only while waiting for its turn.</summary>
    internal async Task<T> Run<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IBlockReader));
            return await Task.Run(() => Run(work), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>The same on the caller's thread, which waits for its turn.</summary>
    internal T RunHere<T>(Func<SqliteSession, T> work)
    {
        _free.Wait(CancellationToken.None);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IBlockReader));
            return Run(work);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits until all work is done and closes the sessions; callers still waiting, and later ones, get an
    /// <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (var i = 0; i < _size; i++)
            await _free.WaitAsync().ConfigureAwait(false);
        while (_idle.TryTake(out var session))
            session.Dispose();
        _free.Release(_size);
    }

    private T Run<T>(Func<SqliteSession, T> work)
    {
        try
        {
            if (!_idle.TryTake(out var session))
                session = _open();
            try
            {
                return work(session);
            }
            finally
            {
                _idle.Add(session);
            }
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(error, _location);
        }
        catch (InvalidCastException error)
        {
            throw new StoreDamagedException(_location, "a value of the wrong type", error);
        }
    }
}
