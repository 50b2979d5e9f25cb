// Failed.cs -- what a call said when it failed, as an exception.
#nullable enable
using System.Runtime.InteropServices;

namespace Pfh
{
    internal static class Failed
    {
        // Throws what the last call of this thread said, if it failed.  Taking it clears it.
        internal static void Check()
        {
            if (Glue.Failed() != 0)
                throw new PfhException(Take());
        }

        private static unsafe Failure Take()
        {
            byte[] room = new byte[Glue.FailureRoom()];
            Glue.TakeFailure(room);
            fixed (byte* at = room)
                return new Failure(new Block(at));
        }
    }
}
